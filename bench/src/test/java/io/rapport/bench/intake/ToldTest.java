package io.rapport.bench.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

class ToldTest {
    @Test
    void a_message_is_one_line_of_the_json_that_the_api_takes() throws Exception {
        String line = Told.message("shop", "019a0000-0000-7000-8000-000000000001", "m-7");
        JsonNode told = new JsonMapper().readTree(line);

        assertThat(line).doesNotContain("\n");
        assertThat(told.path("source").asText()).isEqualTo("shop");
        assertThat(told.path("sourceId").asText()).isEqualTo("m-7");
        assertThat(told.path("text").asText().split(" ")).hasSize(26);
    }
}

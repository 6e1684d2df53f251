package io.rapport.customer.context;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import org.junit.jupiter.api.Test;

class CustomerContextTest {

    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    @Test
    void the_example_in_the_description_has_the_shape_of_an_answer() throws Exception {
        CustomerContext example = JSON.readValue(CustomerContext.EXAMPLE, CustomerContext.class);

        assertThat(JSON.readTree(JSON.writeValueAsString(example)))
                .isEqualTo(JSON.readTree(CustomerContext.EXAMPLE));
    }
}

package io.rapport.bench.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PurchaseTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void it_earns_its_whole_units() {
        assertThat(new Purchase("bench:c1", "p-1", 199, NOON).points()).isEqualTo(1);
        assertThat(new Purchase("bench:c1", "p-1", 9_900, NOON).points()).isEqualTo(99);
    }

    @Test
    void it_is_told_as_the_api_takes_it() throws Exception {
        JsonNode told =
                new JsonMapper().readTree(new Purchase("bench:c1", "p-1", 1_205, NOON).json());
        assertThat(told.at("/customer").asText()).isEqualTo("bench:c1");
        assertThat(told.at("/sourceId").asText()).isEqualTo("p-1");
        assertThat(told.at("/amount/amount").asText()).isEqualTo("12.05");
        assertThat(told.at("/occurredAt").asText()).isEqualTo("2026-11-21T12:00:00Z");
    }

    @Test
    void its_amount_is_of_one_unit_at_least() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(Purchase.by("bench:c1", "p-" + i).points()).isBetween(1, 99);
        }
    }
}

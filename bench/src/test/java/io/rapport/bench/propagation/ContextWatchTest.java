package io.rapport.bench.propagation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class ContextWatchTest {
    @Test
    void the_balance_of_a_context_is_that_of_its_loyalty_part() {
        JsonObject context =
                new JsonObject(
                        """
                        {"customer":"0190b9a2-0000-7000-8000-000000000000","interactions":{"count":3},
                         "loyalty":{"balance":137,"tier":"BASE"},"feedback":{"count":0}}\
                        """);
        assertThat(ContextWatch.balanceIn(context)).isEqualTo(137);
    }
}

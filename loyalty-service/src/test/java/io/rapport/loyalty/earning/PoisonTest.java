package io.rapport.loyalty.earning;

import static io.rapport.loyalty.Surroundings.awaitBalance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.loyalty.Surroundings;
import io.rapport.platform.Ids;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.SuiteResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class PoisonTest {

    @Inject Jdbi jdbi;

    private Surroundings surroundings;

    @BeforeEach
    void open() {
        surroundings = new Surroundings();
    }

    @AfterEach
    void close() {
        surroundings.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not JSON",
                "[]",
                "{\"type\": \"PURCHASE\", \"amount\": {\"amount\": \"5.00\", \"currency\": \"GBP\"}}",
                "{\"interaction\": \"019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11\", \"amount\": null}",
                "{\"interaction\": \"7\", \"type\": \"PURCHASE\"}",
                "{\"interaction\": \"019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11\", \"type\": \"PURCHASE\","
                        + " \"amount\": {\"amount\": \"5.001\", \"currency\": \"GBP\"}}",
                "{\"interaction\": \"019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11\", \"type\": \"PURCHASE\","
                        + " \"amount\": {\"amount\": \"5.00\", \"currency\": \"XYZ\"}}",
            })
    void an_event_that_cannot_be_read_is_parked_and_nobody_else_waits(String payload) {
        UUID poisoned = surroundings.customer();
        UUID other = surroundings.customer();
        surroundings.purchase(poisoned, 1, "3.00");
        surroundings
                .events()
                .send(Topic.INTERACTIONS, poisoned, 2, "interaction.recorded.v1", payload);
        surroundings.purchase(poisoned, 3, "10.00");
        surroundings.purchase(other, 1, "5.00");

        awaitBalance(other, 5);
        await().atMost(Duration.ofSeconds(20)).until(() -> parked(poisoned).size() == 2);
        awaitBalance(poisoned, 3);
    }

    @Test
    void points_beyond_what_can_be_counted_are_refused_and_nothing_is_half_written() {
        UUID customer = surroundings.customer();
        giveAlmostAll(customer);
        surroundings.purchase(customer, 1, "8.00");

        await().atMost(Duration.ofSeconds(20)).until(() -> parked(customer).size() == 1);
        assertThat(parked(customer).getFirst()).contains("points-overflow");
        awaitBalance(customer, Long.MAX_VALUE - 7);
    }

    /**
     * An account and the entry that made it, as the ledger itself would write them; by another
     * version of the programme, for no amount is worth so much in this one.
     */
    private void giveAlmostAll(UUID customer) {
        jdbi.useTransaction(
                handle -> {
                    handle.execute(
                            "INSERT INTO account VALUES (?, 'default', ?, ?, 0, 'GOLD', 1)",
                            customer,
                            Long.MAX_VALUE - 7,
                            Long.MAX_VALUE - 7);
                    handle.execute(
                            """
                            INSERT INTO ledger_entry
                            SELECT customer_id, ?, programme, 1, 'EARNED', balance, balance, balance, 2, ?, ?, 0, 'GBP',
                                   now(), now()
                            FROM account WHERE customer_id = ?""",
                            Ids.next(),
                            Ids.next(),
                            Ids.next(),
                            customer);
                });
    }

    private List<String> parked(UUID customer) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT cause || ' ' || detail FROM parked_event
                                        WHERE customer_id = :customer AND consumer = 'earning' ORDER BY "offset\"""")
                                .bind("customer", customer)
                                .mapTo(String.class)
                                .list());
    }
}

package io.rapport.interaction.promise;

import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.with;
import static io.rapport.interaction.promise.PromisesApi.SOON;
import static io.rapport.interaction.promise.PromisesApi.callBack;
import static io.rapport.interaction.promise.PromisesApi.interaction;
import static io.rapport.interaction.promise.PromisesApi.make;
import static io.rapport.interaction.promise.PromisesApi.promised;
import static io.rapport.interaction.promise.PromisesApi.read;
import static io.rapport.interaction.promise.PromisesApi.settle;
import static io.rapport.interaction.promise.PromisesApi.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.Holdings;
import io.rapport.platform.testing.ShiftableClock;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Promises of one who is erased lose their words, and nothing more is told of them. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ErasedPromisesTest {

    @Inject Clock clock;
    @Inject ShiftableClock shiftable;

    private final Databases database = Databases.asOwner();
    private Customer customer;

    @BeforeEach
    void make_somebody() {
        customer = newCustomer();
    }

    @AfterEach
    void reset() {
        shiftable.reset();
    }

    @Test
    void their_figures_stay() throws SQLException {
        PromisesApi.withdrawn(interaction(customer), "We call.", "Not needed.");

        erase();

        assertThat(
                        database.rows(
                                """
                                SELECT p.kind, p.team, o.outcome, t.text, r.reason FROM promise AS p
                                JOIN promise_outcome AS o ON o.promise_id = p.id
                                LEFT JOIN promise_text AS t ON t.promise_id = p.id
                                LEFT JOIN promise_reason AS r ON r.promise_id = p.id WHERE p.customer_id = ?""",
                                customer.id()))
                .containsExactly(
                        Map.of("kind", "CALL_BACK", "team", "support", "outcome", "WITHDRAWN"));
    }

    @Test
    void nothing_breaks_and_no_timer_stays() throws SQLException {
        String promise = promised(customer, clock.instant().plus(Duration.ofHours(1)));
        erase();

        shiftable.shift(Duration.ofHours(2));

        UUID id = UUID.fromString(promise);
        await().atMost(SOON)
                .until(
                        () ->
                                database.number("SELECT count(*) FROM timer WHERE subject = ?", id)
                                        == 0);
        assertThat(database.number("SELECT count(*) FROM promise_outcome WHERE promise_id = ?", id))
                .isZero();
        assertThat(told(customer.id(), 1)).hasSize(1);
        settle(promise, "BROKEN").then().statusCode(410).body("code", equalTo("customer-erased"));
        read(promise).then().statusCode(410);
    }

    /** The row of customer_sequence, which each write and the erasure lock, holds it. */
    @Test
    void what_is_promised_meanwhile_is_erased_too_or_refused() throws SQLException {
        String mark = "MARK-" + UUID.randomUUID();
        String interaction = interaction(customer);
        Instant due = clock.instant().plus(Duration.ofDays(1));

        List<Integer> lasts =
                AtOnce.run(
                        5,
                        caller -> {
                            if (caller == 0) {
                                erase();
                                return 410;
                            }
                            int last = 201;
                            for (int i = 0; last == 201 && i < 500; i++) {
                                Response made =
                                        make(interaction, with(callBack(due), "text", mark));
                                last = made.statusCode();
                                if (last == 201) {
                                    Map<String, String> said =
                                            Map.of("outcome", "WITHDRAWN", "reason", mark);
                                    int settled = settle(made.path("id"), said).statusCode();
                                    last = settled == 200 ? 201 : settled;
                                }
                            }
                            return last;
                        });

        assertThat(lasts).containsOnly(410);
        assertThat(Holdings.of(mark)).isEmpty();
    }

    /** Returns when it is confirmed: the reaction has done its work. */
    private void erase() {
        try (Events events = Events.ofSuite()) {
            events.sendErasure(customer.id(), 2);
        }
        told(customer.id(), "interaction.customer-erased.", 1);
    }
}

package io.rapport.interaction.promise;

import static io.rapport.interaction.InteractionsApi.agent;
import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.newId;
import static io.rapport.interaction.promise.PromisesApi.SOON;
import static io.rapport.interaction.promise.PromisesApi.callBack;
import static io.rapport.interaction.promise.PromisesApi.interaction;
import static io.rapport.interaction.promise.PromisesApi.make;
import static io.rapport.interaction.promise.PromisesApi.read;
import static io.rapport.interaction.promise.PromisesApi.settle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What was promised in an interaction stands, whatever else is corrected of it. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class CorrectedPromisesTest {

    @Inject Clock clock;

    private final Databases database = Databases.asOwner();

    @Test
    void a_correction_leaves_what_was_promised_as_it_was() {
        String interaction = interaction(newCustomer());
        Instant due = clock.instant().plus(Duration.ofDays(1));
        String before = make(interaction, callBack(due)).path("id");
        String promise = read(before).asString();

        correct(interaction).then().statusCode(200);

        assertThat(read(before).asString()).isEqualTo(promise);
        settle(before, "KEPT").then().statusCode(200).body("interaction", equalTo(interaction));
        make(interaction, callBack(due))
                .then()
                .statusCode(201)
                .body("interaction", equalTo(interaction));
    }

    /**
     * The correction has the customer and wants the interaction, to which the promise refers before
     * it has the customer.
     */
    @Test
    void who_promises_and_who_corrects_never_wait_for_each_other_in_a_circle() throws Exception {
        Customer customer = newCustomer();
        String interaction = interaction(customer);
        Instant due = clock.instant().plus(Duration.ofDays(1));
        // Once before, so that neither is slow for being the first: locks are waited for briefly.
        String warm = interaction(customer);
        make(warm, callBack(due)).then().statusCode(201);
        correct(warm).then().statusCode(200);
        try (ExecutorService callers = Executors.newFixedThreadPool(2);
                Connection holder = database.connect()) {
            holder.setAutoCommit(false);
            lock(holder, customer.id());
            Future<Response> correction = callers.submit(() -> correct(interaction));
            await().atMost(SOON).until(() -> waiting() == 1);
            Future<Response> promise = callers.submit(() -> make(interaction, callBack(due)));
            await().atMost(SOON).until(() -> waiting() == 2);
            holder.rollback();

            assertThat(correction.get().statusCode()).isEqualTo(200);
            assertThat(promise.get().statusCode()).isEqualTo(201);
        }
    }

    private static Response correct(String interaction) {
        return agent().contentType(ContentType.JSON)
                .header("Idempotency-Key", newId())
                .body(Map.of("version", 1, "reason", "A slip.", "subject", "As it was"))
                .post("/interactions/{interaction}/corrections", interaction);
    }

    private static void lock(Connection holder, UUID customer) throws SQLException {
        try (Statement lock = holder.createStatement()) {
            lock.execute(
                    "SELECT last FROM customer_sequence WHERE customer_id = '%s' FOR UPDATE"
                            .formatted(customer));
        }
    }

    /** How many sessions of the service wait for another one. */
    private long waiting() throws SQLException {
        return database.number(
                """
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0""");
    }
}

package io.rapport.customer.identity;

import static io.rapport.customer.CustomersApi.addIdentity;
import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.as;
import static io.rapport.customer.CustomersApi.get;
import static io.rapport.customer.CustomersApi.getBy;
import static io.rapport.customer.CustomersApi.known;
import static io.rapport.customer.CustomersApi.move;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.CustomersApi.put;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.CustomersApi.removeIdentity;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Those who change identities at the same time, and what holds each of these races. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class IdentityChangeRaceTest {

    private static final int CALLERS = 12;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Inject IdentityConfig config;

    /** The primary key of customer_identity. */
    @RepeatedTest(3)
    void of_customers_who_are_given_one_identity_one_gets_it() {
        String card = newExternalId();
        List<UUID> customers = Stream.generate(() -> registered("{}")).limit(CALLERS).toList();

        List<Response> answers =
                AtOnce.run(CALLERS, n -> addIdentity(agent(), customers.get(n), "card", card));

        assertThat(answers)
                .extracting(Response::statusCode)
                .containsOnlyOnce(200)
                .containsOnly(200, 409);
        String owner = getBy(agent(), "card", card).path("id");
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 409)
                .extracting(answer -> answer.<String>path("candidates[0].customer"))
                .containsOnly(owner);
    }

    /** The lock of the customer's row. */
    @RepeatedTest(3)
    void the_last_room_of_a_customer_is_given_once() throws Exception {
        UUID customer = registered("{}");
        Databases.asOwner()
                .execute(
                        """
                        INSERT INTO customer_identity (source, external_id, customer_id)
                        SELECT 'bulk', ? || n, CAST(? AS uuid) FROM generate_series(1, ?) AS n
                        """,
                        newExternalId(),
                        customer.toString(),
                        config.perCustomer() - 2);

        List<Response> answers =
                AtOnce.run(CALLERS, n -> addIdentity(agent(), customer, "card", newExternalId()));

        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 200)
                .hasSize(2)
                .extracting(answer -> answer.header("ETag"))
                .doesNotHaveDuplicates();
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() != 200)
                .extracting(answer -> answer.<String>path("code"))
                .containsOnly("too-many-identities");
        assertThat(get(customer).<List<Object>>path("identities")).hasSize(config.perCustomer());
    }

    /** The lock of the row of the customer who has the identity. */
    @RepeatedTest(3)
    void of_those_who_move_one_identity_away_one_does_or_they_do_so_in_turn() throws Exception {
        String externalId = newExternalId();
        UUID from = known(externalId);
        List<UUID> targets = Stream.generate(() -> registered("{}")).limit(CALLERS).toList();

        List<Response> answers = AtOnce.run(CALLERS, n -> move(externalId, targets.get(n)));

        assertThat(answers).extracting(Response::statusCode).contains(200).containsOnly(200, 409);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 409)
                .allSatisfy(
                        answer -> {
                            assertThat(answer.<String>path("code")).isEqualTo("identity-moved");
                            assertThat(answer.header("Retry-After")).isNotNull();
                        });
        // Nobody moved it away from a customer who did not have it: they form one chain.
        List<String> left =
                answers.stream()
                        .filter(answer -> answer.statusCode() == 200)
                        .map(answer -> answer.<String>path("from"))
                        .toList();
        assertThat(left).doesNotHaveDuplicates().contains(from.toString());
        String owner = getBy(agent(), "shop", externalId).path("id");
        assertThat(left).doesNotContain(owner);
    }

    /** Both rows are locked in the order of ids, and so nobody waits for good. */
    @RepeatedTest(3)
    void identities_that_are_exchanged_do_not_block_each_other() {
        String one = newExternalId();
        String other = newExternalId();
        UUID first = known(one);
        UUID second = known(other);

        List<Response> answers =
                AtOnce.run(
                        CALLERS,
                        n -> {
                            if (n % 2 == 0) {
                                return move(n % 4 == 0 ? one : other, first);
                            }
                            return move(n % 4 == 1 ? one : other, second);
                        });

        assertThat(answers).extracting(Response::statusCode).contains(200).containsOnly(200, 409);
        assertThat(
                        Stream.of(first, second)
                                .flatMap(
                                        customer ->
                                                get(customer)
                                                        .<List<String>>path("identities.externalId")
                                                        .stream()))
                .containsExactlyInAnyOrder(one, other);
    }

    /** The lock of the customer's row, and the version that the removal has raised. */
    @RepeatedTest(3)
    void what_is_removed_and_moved_at_once_ends_in_one_of_both() {
        String externalId = newExternalId();
        UUID from = known(externalId);
        UUID to = registered("{}");

        List<Response> answers =
                AtOnce.run(
                        2,
                        n ->
                                n == 0
                                        ? removeIdentity(agent(), from, "shop", externalId)
                                        : move(externalId, to));

        boolean removed = answers.get(0).statusCode() == 200;
        if (removed) {
            assertThat(answers.get(1).statusCode()).isIn(404, 409);
            getBy(agent(), "shop", externalId).then().statusCode(404);
        } else {
            answers.get(0).then().statusCode(404).body("code", equalTo("unknown-identity"));
            getBy(agent(), "shop", externalId).then().body("id", equalTo(to.toString()));
        }
    }

    /** The version that the move has raised, and the lock under which the upsert looks again. */
    @Test
    void an_upsert_that_meets_a_move_writes_to_nobody_who_has_lost_the_identity() throws Exception {
        String externalId = newExternalId();
        UUID from = known(externalId);
        UUID to = registered("{}");

        CompletableFuture<Response> upsert;
        try (Connection moving = Databases.asOwner().connect()) {
            moving.setAutoCommit(false);
            run(moving, "UPDATE customer SET version = version + 1 WHERE id = ?", from);
            run(
                    moving,
                    "UPDATE customer_identity SET customer_id = ? WHERE customer_id = ?",
                    to,
                    from);
            upsert =
                    CompletableFuture.supplyAsync(
                            () -> put("shop", externalId, "{\"givenName\": \"Ada\"}"));
            long holder = backend(moving);
            await().atMost(LIMIT).until(() -> waitingFor(holder) == 1);
            moving.commit();
        }

        upsert.join()
                .then()
                .statusCode(409)
                .header("Retry-After", equalTo("1"))
                .body("code", equalTo("identity-moved"));
        get(from).then().body("$", not(hasKey("givenName")));
        put("shop", externalId, "{\"givenName\": \"Ada\"}")
                .then()
                .statusCode(200)
                .body("id", equalTo(to.toString()));
    }

    /** What a partner may do is looked at again under the lock of the customer's row. */
    @Test
    void a_partner_who_loses_a_customer_adds_no_identity_to_it_any_more() throws Exception {
        String card = newExternalId();
        UUID customer = UUID.fromString(put("card", card, "{}").path("id"));

        CompletableFuture<Response> adding;
        try (Connection removing = Databases.asOwner().connect()) {
            removing.setAutoCommit(false);
            run(removing, "UPDATE customer SET version = version + 1 WHERE id = ?", customer);
            run(removing, "DELETE FROM customer_identity WHERE customer_id = ?", customer);
            adding =
                    CompletableFuture.supplyAsync(
                            () ->
                                    addIdentity(
                                            as(Tokens.partner("card")),
                                            customer,
                                            "card",
                                            newExternalId()));
            long holder = backend(removing);
            await().atMost(LIMIT).until(() -> waitingFor(holder) == 1);
            removing.commit();
        }

        adding.join().then().statusCode(404).body("code", equalTo("unknown-customer"));
        get(customer).then().body("identities.size()", equalTo(0));
    }

    private static long backend(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT pg_backend_pid()")) {
            result.next();
            return result.getLong(1);
        }
    }

    /** How many sessions wait for what this one holds. */
    private static long waitingFor(long holder) throws SQLException {
        return Databases.asOwner()
                .number(
                        """
                        SELECT count(*) FROM pg_locks AS waiting
                        WHERE NOT granted AND CAST(? AS int) = ANY(pg_blocking_pids(waiting.pid))
                        """,
                        holder);
    }

    private static void run(Connection connection, String sql, UUID... ids) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < ids.length; i++) {
                statement.setObject(i + 1, ids[i]);
            }
            statement.executeUpdate();
        }
    }
}

package io.rapport.customer.duplicate;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.as;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.CustomersApi.patch;
import static io.rapport.customer.CustomersApi.put;
import static io.rapport.customer.CustomersApi.registerUnlessLikelyThere;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.search.SearchApi.found;
import static io.rapport.customer.search.SearchApi.newName;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/**
 * Equal customers who are written at once: the advisory lock of what they have in common lets one
 * writer through at a time, so that each sees those before it. What is said of a pair is held by
 * its primary key, of whom by the rows of both, and the words of the search by advisory locks of
 * their own.
 */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class DuplicateRaceTest {

    private static final int CALLERS = 4;

    private static String profile(String mail) {
        return """
        {"displayName": "Ada Lovelace", "contactPoints": [{"kind": "EMAIL", "value": "%s"}]}\
        """
                .formatted(mail);
    }

    private static String newMail() {
        return newName(12) + "@example.org";
    }

    @RepeatedTest(3)
    void of_equal_customers_that_are_made_at_once_one_is_made() {
        String profile = profile(newMail());

        List<Response> answers =
                AtOnce.run(
                        CALLERS,
                        n ->
                                registerUnlessLikelyThere(
                                        agent(), UUID.randomUUID().toString(), profile));

        assertThat(answers)
                .extracting(Response::statusCode)
                .containsOnlyOnce(201)
                .containsOnly(201, 409);
    }

    @RepeatedTest(3)
    void of_equal_customers_that_are_upserted_at_once_each_pair_is_kept_for_review()
            throws Exception {
        String profile = profile(newMail());

        List<Response> answers = AtOnce.run(CALLERS, n -> put("race", newExternalId(), profile));

        assertThat(answers).extracting(Response::statusCode).containsOnly(201);
        UUID[] ids =
                answers.stream()
                        .map(answer -> UUID.fromString(answer.path("id")))
                        .toArray(UUID[]::new);
        assertThat(
                        Databases.asOwner()
                                .number(
                                        "SELECT count(*) FROM duplicate_pair WHERE customer_a ="
                                                + " ANY(?) AND customer_b = ANY(?)",
                                        (Object) ids,
                                        ids))
                .isEqualTo(CALLERS * (CALLERS - 1) / 2);
    }

    @RepeatedTest(3)
    void customers_that_become_equal_at_once_are_kept_for_review() throws Exception {
        UUID one = registered("{}");
        UUID other = registered("{}");
        String profile = profile(newMail());

        List<Response> answers = AtOnce.run(2, n -> patch(n == 0 ? one : other, "*", profile));

        assertThat(answers).extracting(Response::statusCode).containsOnly(200);
        assertThat(pairs(one)).isEqualTo(1);
    }

    @RepeatedTest(3)
    void that_two_are_not_the_same_stands_whoever_writes_them_meanwhile() throws Exception {
        String profile = profile(newMail());
        UUID one = registered(profile);
        UUID other = registered(profile);

        List<Integer> answers =
                AtOnce.run(
                        4,
                        n ->
                                switch (n) {
                                    case 0 -> rename(one, "Ada L");
                                    case 1 -> rename(other, "Ada K");
                                    case 2 -> notTheSame(one, other);
                                    default -> notTheSame(other, one);
                                });

        assertThat(answers).containsOnly(200);
        assertThat(
                        Databases.asOwner()
                                .number(
                                        """
                                        SELECT count(*) FROM duplicate_pair
                                        WHERE customer_a = ? AND different_since IS NOT NULL\
                                        """,
                                        one))
                .isEqualTo(1);
    }

    @RepeatedTest(3)
    void a_name_that_one_gives_up_while_others_take_it_is_found_with_a_typo() {
        String name = newName(9);
        UUID before = registered("{\"familyName\": \"%s\"}".formatted(name));

        List<Response> answers =
                AtOnce.run(
                        CALLERS,
                        n ->
                                n == 0
                                        ? patch(before, "*", "{\"familyName\": null}")
                                        : put(
                                                "race",
                                                newExternalId(),
                                                "{\"familyName\": \"%s\"}".formatted(name)));

        assertThat(answers).extracting(Response::statusCode).containsOnly(200, 201);
        assertThat(found(name.substring(0, 8))).hasSize(CALLERS - 1);
    }

    /** The locks of both rows, of which an erasure holds one. */
    @Test
    void that_two_are_not_the_same_is_not_remembered_of_one_who_is_erased_meanwhile()
            throws Exception {
        UUID one = registered("{}");
        UUID other = registered("{}");

        CompletableFuture<Integer> denied;
        try (Connection erasing = Databases.asOwner().connect();
                Statement statement = erasing.createStatement()) {
            erasing.setAutoCommit(false);
            statement.execute(
                    "UPDATE customer SET status = 'ERASED' WHERE id = '%s'".formatted(other));
            denied = CompletableFuture.supplyAsync(() -> notTheSame(one, other));
            await().atMost(Duration.ofSeconds(20)).until(DuplicateRaceTest::isSomebodyWaiting);
            erasing.commit();
        }

        assertThat(denied.join()).isEqualTo(410);
        assertThat(pairs(other)).isZero();
    }

    private static boolean isSomebodyWaiting() throws SQLException {
        return Databases.asApplication()
                        .number(
                                """
                                SELECT count(*) FROM pg_stat_activity
                                WHERE datname = current_database() AND wait_event_type = 'Lock'
                                """)
                > 0;
    }

    private static int rename(UUID customer, String name) {
        return patch(customer, "*", "{\"displayName\": \"%s\"}".formatted(name)).statusCode();
    }

    private static int notTheSame(UUID one, UUID other) {
        return as(Tokens.manager())
                .put("/customers/{a}/duplicates/{b}/not-the-same", one, other)
                .statusCode();
    }

    private static long pairs(UUID customer) throws Exception {
        return Databases.asOwner()
                .number(
                        "SELECT count(*) FROM duplicate_pair WHERE customer_a = ? OR customer_b ="
                                + " ?",
                        customer,
                        customer);
    }
}

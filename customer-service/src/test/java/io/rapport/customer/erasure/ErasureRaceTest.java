package io.rapport.customer.erasure;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.get;
import static io.rapport.customer.CustomersApi.getBy;
import static io.rapport.customer.CustomersApi.known;
import static io.rapport.customer.CustomersApi.merge;
import static io.rapport.customer.CustomersApi.move;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.CustomersApi.patch;
import static io.rapport.customer.CustomersApi.put;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.CustomersApi.unmerge;
import static io.rapport.customer.erasure.ErasureApi.erase;
import static io.rapport.customer.erasure.ErasureApi.erasure;
import static io.rapport.customer.importing.ImportsApi.imported;
import static io.rapport.customer.importing.ImportsApi.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;

/**
 * Those who erase, write, merge and take in at the same time, and what holds each of these races.
 */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ErasureRaceTest {

    private static final int CALLERS = 8;

    /** The lock of the customer's row: who writes comes before and is erased, or is refused. */
    @RepeatedTest(3)
    void a_patch_comes_before_or_is_refused() throws Exception {
        UUID customer = registered("{}");

        List<Response> answers =
                AtOnce.run(
                        CALLERS,
                        n ->
                                n == 0
                                        ? erase(customer)
                                        : patch(
                                                customer,
                                                "*",
                                                "{\"givenName\": \"Ada%d\"}".formatted(n)));

        answers.getFirst().then().statusCode(202);
        assertThat(answers.subList(1, CALLERS))
                .extracting(Response::statusCode)
                .containsAnyOf(200, 410)
                .isSubsetOf(200, 410);
        assertNothingLeft(customer);
    }

    /** The locks of the rows of all; a member that came meanwhile is seen under them. */
    @RepeatedTest(5)
    void a_merge_comes_before_and_both_are_erased_or_is_refused() throws Exception {
        UUID survivor = registered("{\"givenName\": \"Ada\"}");
        UUID member = registered("{\"country\": \"GB\"}");

        List<Response> answers =
                AtOnce.run(2, n -> n == 0 ? merge(survivor, member) : erase(survivor));

        int merged = answers.get(0).statusCode();
        int erased = answers.get(1).statusCode();
        // 409 for an erasure that has seen another customer than it holds: nothing happened.
        assertThat(List.of(merged, erased))
                .isIn(List.of(200, 202), List.of(410, 202), List.of(200, 409));
        if (erased == 409) {
            answers.get(1).then().body("code", equalTo("customer-merged"));
            erase(survivor).then().statusCode(202);
        }
        assertNothingLeft(survivor);
        if (merged == 200) {
            assertNothingLeft(member);
        } else {
            get(member).then().statusCode(200).body("country", equalTo("GB"));
        }
    }

    /** The same locks: of a member that leaves, nothing is erased, or all. */
    @RepeatedTest(5)
    void an_unmerge_comes_before_or_is_refused() throws Exception {
        UUID survivor = registered("{}");
        UUID member = registered("{\"country\": \"GB\"}");
        merge(survivor, member).then().statusCode(200);

        List<Response> answers = AtOnce.run(2, n -> n == 0 ? unmerge(member) : erase(survivor));

        int unmerged = answers.get(0).statusCode();
        int erased = answers.get(1).statusCode();
        assertThat(List.of(unmerged, erased))
                .isIn(List.of(200, 202), List.of(410, 202), List.of(200, 409));
        if (unmerged == 200) {
            get(member).then().statusCode(200).body("country", equalTo("GB"));
        } else {
            assertNothingLeft(member);
        }
        if (erased == 202) {
            assertNothingLeft(survivor);
        }
    }

    /** The lock of the row, and UNIQUE (customer_id) of erasure_customer behind it. */
    @RepeatedTest(3)
    void of_those_who_erase_one_does_by_whichever_member() {
        UUID survivor = registered("{}");
        UUID member = registered("{}");
        merge(survivor, member).then().statusCode(200);

        List<Response> answers = AtOnce.run(CALLERS, n -> erase(n % 2 == 0 ? survivor : member));

        assertThat(answers)
                .extracting(Response::statusCode)
                .containsOnlyOnce(202)
                .containsOnly(202, 410);
        erasure(member)
                .then()
                .body("id", equalTo(erasure(survivor).path("id")))
                .body("customers.size()", equalTo(2));
    }

    /** The claim of the identity, which waits for who erases it, and then sees its hash. */
    @RepeatedTest(3)
    void an_erased_identity_is_not_taken_in_by_who_comes_at_the_same_time() throws Exception {
        String card = newExternalId();
        UUID customer = known(card);

        List<Response> answers =
                AtOnce.run(
                        CALLERS,
                        n ->
                                n == 0
                                        ? erase(customer)
                                        : put("shop", card, "{\"givenName\": \"Ada\"}"));

        answers.getFirst().then().statusCode(202);
        assertThat(answers.subList(1, CALLERS))
                .allMatch(
                        answer ->
                                answer.statusCode() == 200
                                        || answer.statusCode() == 410
                                        || answer.statusCode() == 409);
        getBy(agent(), "shop", card).then().statusCode(410);
        assertNothingLeft(customer);
    }

    /** The same for an import, which tries its rows again and finds the hash. */
    @RepeatedTest(3)
    void an_import_of_the_same_identity_comes_before_or_has_its_row_refused() throws Exception {
        String card = newExternalId();
        String other = newExternalId();
        UUID customer = known(card);
        String file = "identity:shop,givenName\n%s,Ada\n%s,Grace\n".formatted(card, other);

        List<Response> answers =
                AtOnce.run(2, n -> n == 0 ? erase(customer) : imported("CSV", file));

        answers.get(0).then().statusCode(202);
        assertThat(rows(answers.get(1))).isIn(List.of(1, 1, 0, 0), List.of(1, 0, 0, 1));
        getBy(agent(), "shop", card).then().statusCode(410);
        getBy(agent(), "shop", other).then().statusCode(200);
        assertNothingLeft(customer);
    }

    /** The locks of both rows: the identity is erased with who has it then. */
    @RepeatedTest(3)
    void an_identity_moves_away_before_or_is_erased() throws Exception {
        String card = newExternalId();
        UUID customer = known(card);
        UUID other = registered("{}");

        List<Response> answers = AtOnce.run(2, n -> n == 0 ? erase(customer) : move(card, other));

        answers.get(0).then().statusCode(202);
        boolean moved = answers.get(1).statusCode() == 200;
        assertThat(answers.get(1).statusCode()).isIn(200, 409, 410);
        getBy(agent(), "shop", card).then().statusCode(moved ? 200 : 410);
        get(other).then().body("identities.size()", equalTo(moved ? 1 : 0));
        assertNothingLeft(customer);
    }

    private static void assertNothingLeft(UUID customer) throws Exception {
        get(customer).then().statusCode(410);
        assertThat(
                        Databases.asOwner()
                                .number(
                                        """
                                        SELECT count(*) FROM customer WHERE id = ? AND status = 'ERASED'
                                        AND given_name IS NULL AND country IS NULL
                                        """,
                                        customer))
                .isEqualTo(1);
        for (String table :
                List.of("customer_change", "customer_identity", "search_term", "customer_link")) {
            String column = table.equals("customer_link") ? "survivor_id" : "customer_id";
            assertThat(
                            Databases.asOwner()
                                    .number(
                                            "SELECT count(*) FROM %s WHERE %s = ?"
                                                    .formatted(table, column),
                                            customer))
                    .as(table)
                    .isZero();
        }
        assertThat(
                        Databases.asOwner()
                                .number(
                                        "SELECT count(*) FROM outbox WHERE customer_id = ? AND sequence IS NULL AND payload IS NOT NULL",
                                        customer))
                .isZero();
    }
}

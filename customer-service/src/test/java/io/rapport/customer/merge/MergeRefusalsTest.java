package io.rapport.customer.merge;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.as;
import static io.rapport.customer.CustomersApi.get;
import static io.rapport.customer.CustomersApi.known;
import static io.rapport.customer.CustomersApi.merge;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.CustomersApi.patch;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.CustomersApi.unmerge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be merged is refused with what to do, and changes nothing. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class MergeRefusalsTest {

    private UUID one;
    private UUID two;
    private UUID three;

    @BeforeEach
    void make() {
        one = registered("{}");
        two = registered("{}");
        three = registered("{}");
    }

    @Test
    void oneself_under_whatever_name() {
        refused(merge(one, one), "merge-into-oneself");
        String card = newExternalId();
        UUID named = known(card);
        refused(merge(named, "shop:" + card), "merge-into-oneself");
        refused(merge(one, named, "shop:" + card), "member-named-twice");
    }

    @Test
    void who_is_merged_already() {
        merge(one, two).then().statusCode(200);
        refused(merge(one, two), "already-merged");
        refused(merge(three, two), "already-merged");
    }

    @Test
    void chains_in_either_direction() {
        merge(one, two).then().statusCode(200);
        refused(merge(two, three), "survivor-was-merged");
        refused(merge(three, one), "member-has-members");
    }

    @Test
    void circles() {
        merge(one, two).then().statusCode(200);
        refused(merge(two, one), "survivor-was-merged");
        unmerge(two).then().statusCode(200);
        merge(two, one).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"household", "works-for", "referred-by"})
    void what_would_let_relations_run_in_a_circle(String type) {
        UUID between = registered("{}");
        UUID card = registered("{}");
        merge(between, card).then().statusCode(200);
        relate(one, type, card).then().statusCode(200);
        relate(between, type, two).then().statusCode(200);

        refused(merge(one, two), "relation-runs-in-a-circle");
        refused(merge(two, one), "relation-runs-in-a-circle");
        agent().contentType(ContentType.JSON)
                .header("If-Match", "*")
                .queryParam("dryRun", true)
                .body(body(two))
                .post("/customers/{c}/merge", one)
                .then()
                .statusCode(409)
                .body("code", equalTo("relation-runs-in-a-circle"));
        // Between those who are merged there is no relation any more, so no circle.
        merge(between, two).then().statusCode(200);
        merge(between, one).then().statusCode(200);
    }

    private static Response relate(UUID one, String type, UUID other) {
        return agent().header("If-Match", "*")
                .put("/customers/{c}/relations/{type}/{other}", one, type, other);
    }

    @Test
    void who_was_erased() throws SQLException {
        erase(two);
        refused(merge(one, two), "member-erased");
        merge(two, one).then().statusCode(410).body("code", equalTo("customer-erased"));
        unmerge(two).then().statusCode(410);
    }

    @Test
    void who_is_not_there() {
        merge(one, UUID.randomUUID())
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown-customer"));
        merge(UUID.randomUUID(), one).then().statusCode(404);
        unmerge(UUID.randomUUID()).then().statusCode(404);
        refused(unmerge(one), "not-merged");
    }

    @Test
    void several_logins_without_a_manager_who_states_the_proof() {
        login(one);
        login(two);
        String proven =
                "{\"members\": [{\"customer\": \"%s\"}], \"proof\": \"Showed both cards\"}"
                        .formatted(two);
        refused(merge(as(Tokens.manager()), one, body(two)), "several-logins");
        refused(merge(agent(), one, proven), "several-logins");
        merge(as(Tokens.manager()), one, proven).then().statusCode(200);
    }

    @Test
    void a_version_that_has_moved_on_or_none() {
        String etag = get(one).header("ETag");
        patch(one, "*", "{\"givenName\": \"Ada\"}").then().statusCode(200);
        asked("{}", etag).then().statusCode(400);
        asked(body(two), etag).then().statusCode(412).body("code", equalTo("stale-version"));
        agent().header("Idempotency-Key", newExternalId())
                .contentType(ContentType.JSON)
                .body(body(two))
                .post("/customers/{customer}/merge", one)
                .then()
                .statusCode(428);
        agent().header("If-Match", "*")
                .contentType(ContentType.JSON)
                .body(body(two))
                .post("/customers/{customer}/merge", one)
                .then()
                .statusCode(400)
                .body("code", equalTo("idempotency-key-missing"));
    }

    @Test
    void more_than_one_customer_may_have() {
        UUID many = registered(tags("a"));
        UUID more = registered(tags("b"));

        Response refused = merge(many, more);

        refused(refused, "merge-exceeds-limits");
        refused.then().body("errors.pointer", hasItem("/tags"));
        merge(
                        agent(),
                        many,
                        "{\"members\": [{\"customer\": \"%s\", \"rules\": {\"/tags\": \"SURVIVOR\"}}]}"
                                .formatted(more))
                .then()
                .statusCode(200)
                .body("customer.tags", hasSize(30));
    }

    @Test
    void fifty_at_once_but_no_more() {
        List<UUID> members = Stream.generate(() -> registered("{}")).limit(51).toList();
        merge(one, members.toArray()).then().statusCode(400);
        Response merged = merge(one, members.subList(0, 50).toArray());
        merged.then().statusCode(200).body("customer.members", hasSize(50));
        agent().header("Rapport-At-Least", merged.header("Rapport-Version"))
                .get("/customers/{c}", one)
                .then()
                .statusCode(200)
                .body("members", hasSize(50));
        assertThat(members.subList(0, 50))
                .allSatisfy(member -> get(member).then().body("id", equalTo(one.toString())));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}",
                "{\"members\": []}",
                "{\"members\": [null]}",
                "{\"members\": [{}]}",
                "{\"members\": [{\"customer\": \"ada@example.org\"}]}",
                "{\"members\": [{\"customer\": \"shop:1\", \"rules\": {\"/identities\": \"MEMBER\"}}]}",
                "{\"members\": [{\"customer\": \"shop:1\", \"rules\": {\"givenName\": \"MEMBER\"}}]}",
                "{\"members\": [{\"customer\": \"shop:1\", \"rules\": {\"/givenName\": \"BOTH\"}}]}",
                "{\"members\": [{\"customer\": \"shop:1\", \"rules\": {\"/givenName\": null}}]}",
                "{\"members\": [{\"customer\": \"shop:1\"}], \"proof\": \"\\u0000\"}",
                "{\"members\": [{\"customer\": \"shop:1\"}], \"survivor\": \"x\"}"
            })
    void what_is_no_merge(String body) {
        merge(agent(), one, body).then().statusCode(400).contentType("application/problem+json");
    }

    private Response asked(String body, String etag) {
        return agent().header("Idempotency-Key", newExternalId())
                .header("If-Match", etag)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/customers/{customer}/merge", one);
    }

    private static String body(UUID member) {
        return "{\"members\": [{\"customer\": \"%s\"}]}".formatted(member);
    }

    private static String tags(String prefix) {
        return "{\"tags\": %s}"
                .formatted(
                        IntStream.range(0, 30)
                                .mapToObj(n -> "\"%s%d\"".formatted(prefix, n))
                                .toList());
    }

    private static void login(UUID customer) {
        as(Tokens.admin())
                .contentType(ContentType.JSON)
                .body(
                        "{\"issuer\": \"https://login.example.org\", \"subject\": \"%s\"}"
                                .formatted(newExternalId()))
                .post("/customers/{customer}/logins", customer)
                .then()
                .statusCode(200);
    }

    private static void erase(UUID customer) throws SQLException {
        Databases.asOwner().execute("UPDATE customer SET status = 'ERASED' WHERE id = ?", customer);
    }

    private static void refused(Response answer, String code) {
        answer.then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("code", equalTo(code));
    }
}

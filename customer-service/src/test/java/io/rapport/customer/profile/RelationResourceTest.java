package io.rapport.customer.profile;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.get;
import static io.rapport.customer.CustomersApi.merge;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.CustomersApi.put;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.CustomersApi.relate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class RelationResourceTest {

    @Test
    void a_relation_is_put_read_and_taken_away() {
        UUID ada = registered("{}");
        String externalId = newExternalId();
        String firm = put("crm", externalId, "{\"kind\": \"ORGANISATION\"}").path("id");

        relate(ada, "works-for", "crm:" + externalId, "\"1\"")
                .then()
                .statusCode(200)
                .header("ETag", equalTo("\"2\""))
                .body("type", equalTo("WORKS_FOR"))
                .body("customer", equalTo(firm));
        relate(ada, "works-for", firm, "\"2\"").then().statusCode(200).header("ETag", "\"2\"");

        get(ada).then()
                .body("relations.size()", equalTo(1))
                .body("relations[0].type", equalTo("WORKS_FOR"))
                .body("relations[0].customer", equalTo(firm));
        agent().get("/customers/{c}/relations", ada)
                .then()
                .body("items", equalTo(get(ada).path("relations")));
        get(firm).then().body("$", not(hasKey("relations"))).header("ETag", "\"1\"");
        remove(ada, "works-for", firm, "\"1\"").then().statusCode(412);
        remove(ada, "works-for", firm, "\"2\"").then().statusCode(200).header("ETag", "\"3\"");
        remove(ada, "works-for", firm, "*")
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown-relation"));
        get(ada).then().body("$", not(hasKey("relations")));
    }

    @Test
    void those_who_have_a_relation_to_a_customer_are_listed_page_by_page() {
        UUID firm = registered("{\"kind\": \"ORGANISATION\"}");
        List<String> staff = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            UUID one = registered("{}");
            relate(one, "works-for", firm, "*").then().statusCode(200);
            staff.add(one.toString());
        }
        UUID friend = registered("{}");
        relate(friend, "referred-by", firm, "*").then().statusCode(200);

        List<String> found = new ArrayList<>();
        @Nullable String after = null;
        do {
            Response page = incoming(firm, "works-for", after);
            found.addAll(page.path("items.customer"));
            after = page.path("next");
        } while (after != null);

        assertThat(found).containsExactlyElementsOf(staff);
        incoming(firm, null, null)
                .then()
                .body("items[0].type", equalTo("REFERRED_BY"))
                .body("items[0].customer", equalTo(friend.toString()));
        incoming(firm, "married-to", null).then().statusCode(400);
        incoming(firm, "household", incoming(firm, "works-for", null).path("next"))
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-cursor"));
    }

    private static Response incoming(UUID to, @Nullable String type, @Nullable String after) {
        var request = agent().queryParam("limit", 2);
        if (type != null) {
            request.queryParam("type", type);
        }
        if (after != null) {
            request.queryParam("after", after);
        }
        return request.get("/customers/{c}/relations/incoming", to);
    }

    @Test
    void they_run_in_no_circle_over_customers_who_were_merged() {
        UUID survivor = registered("{}");
        UUID member = registered("{}");
        UUID other = registered("{}");
        relate(other, "works-for", member, "*").then().statusCode(200);
        merge(survivor, member).then().statusCode(200);

        relate(survivor, "works-for", other, "*")
                .then()
                .statusCode(409)
                .body("code", equalTo("relation-runs-in-a-circle"));
        relate(member, "works-for", other, "*")
                .then()
                .statusCode(409)
                .body("code", equalTo("relation-runs-in-a-circle"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"household", "works-for", "referred-by"})
    void relations_of_a_type_never_run_in_a_circle(String type) {
        UUID one = registered("{}");
        UUID two = registered("{}");
        UUID three = registered("{}");
        relate(one, type, two, "*").then().statusCode(200);
        relate(two, type, three, "*").then().statusCode(200);

        for (UUID end : List.of(one, two)) {
            relate(three, type, end, "*")
                    .then()
                    .statusCode(409)
                    .contentType("application/problem+json")
                    .body("code", equalTo("relation-runs-in-a-circle"));
        }
        relate(three, type, three, "*")
                .then()
                .statusCode(409)
                .body("code", equalTo("relation-to-oneself"));
        get(three).then().header("ETag", "\"1\"");
        // Another type is another matter.
        relate(three, type.equals("household") ? "works-for" : "household", one, "*")
                .then()
                .statusCode(200);
    }

    @Test
    void a_relation_is_to_somebody_who_is_there() throws Exception {
        UUID ada = registered("{}");
        UUID erased = registered("{}");
        Databases.asOwner().execute("UPDATE customer SET status = 'ERASED' WHERE id = ?", erased);

        relate(ada, "household", UUID.randomUUID(), "*")
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown-customer"));
        relate(ada, "household", erased, "*")
                .then()
                .statusCode(410)
                .body("code", equalTo("customer-erased"));
        relate(ada, "household", "nonsense", "*").then().statusCode(400);
        relate(ada, "friend-of", registered("{}"), "*")
                .then()
                .statusCode(400)
                .body("code", equalTo("unknown-relation-type"))
                .body("errors[0].parameter", equalTo("type"));
        agent().put("/customers/{c}/relations/household/{r}", ada, registered("{}"))
                .then()
                .statusCode(428);
        get(ada).then().header("ETag", "\"1\"");
    }

    @ParameterizedTest
    @CsvSource({"household, 1", "referred-by, 1", "works-for, 10"})
    void a_customer_has_so_many_of_a_type(String type, int most) {
        UUID ada = registered("{}");
        for (int i = 0; i < most; i++) {
            relate(ada, type, registered("{}"), "*").then().statusCode(200);
        }

        relate(ada, type, registered("{}"), "*")
                .then()
                .statusCode(409)
                .body("code", equalTo("too-many-relations"));
    }

    @Test
    void a_chain_has_an_end() throws Exception {
        UUID first = registered("{}");
        UUID last = first;
        for (int i = 1; i < 100; i++) {
            UUID next = registered("{}");
            Databases.asOwner()
                    .execute(
                            "INSERT INTO customer_relation (customer_id, type, related_id) VALUES (?, 'REFERRED_BY', ?)",
                            next,
                            last);
            last = next;
        }

        relate(registered("{}"), "referred-by", last, "*")
                .then()
                .statusCode(409)
                .body("code", equalTo("relation-chain-too-long"));
        relate(first, "referred-by", last, "*")
                .then()
                .statusCode(409)
                .body("code", equalTo("relation-runs-in-a-circle"));
    }

    @ParameterizedTest
    @CsvSource({"1, 100", "50, 51", "99, 2"})
    void a_chain_has_an_end_wherever_it_grows(int behind, int ahead) throws Exception {
        UUID end = chain(behind).getLast();
        List<UUID> rest = chain(ahead);

        relate(end, "works-for", rest.getFirst(), "*")
                .then()
                .statusCode(409)
                .body("code", equalTo("relation-chain-too-long"));
        relate(end, "works-for", rest.get(1), "*").then().statusCode(200);
    }

    /** So many customers, each of whom works for the next. */
    private static List<UUID> chain(int customers) throws Exception {
        List<UUID> chain = Stream.generate(UUID::randomUUID).limit(customers).toList();
        Databases.asOwner()
                .execute(
                        """
                        WITH chain AS (
                            SELECT CAST(id AS uuid) AS id, n
                            FROM unnest(string_to_array(?, ',')) WITH ORDINALITY AS given (id, n)),
                        made AS (
                            INSERT INTO customer (id, status, kind, version, created_at, updated_at)
                            SELECT id, 'ACTIVE', 'PERSON', 1, now(), now() FROM chain)
                        INSERT INTO customer_relation (customer_id, type, related_id)
                        SELECT one.id, 'WORKS_FOR', next.id FROM chain one JOIN chain next ON next.n = one.n + 1""",
                        chain.stream().map(UUID::toString).collect(Collectors.joining(",")));
        return chain;
    }

    /**
     * Two halves of which each may grow by itself, joined and prolonged at once: the advisory lock
     * of relations lets one look after the other has written, so one is too long.
     */
    @RepeatedTest(3)
    void a_chain_does_not_get_too_long_by_pieces_that_are_added_at_once() throws Exception {
        List<UUID> first = chain(50);
        List<UUID> second = chain(50);
        UUID beyond = registered("{}");

        List<Integer> statuses =
                AtOnce.run(
                        2,
                        n ->
                                (n == 0
                                                ? relate(
                                                        first.getLast(),
                                                        "works-for",
                                                        second.getFirst(),
                                                        "*")
                                                : relate(
                                                        second.getLast(), "works-for", beyond, "*"))
                                        .statusCode());

        assertThat(statuses).containsExactlyInAnyOrder(200, 409);
    }

    /**
     * Four who would close a circle together, each adding one piece: the advisory lock of relations
     * lets them look and write one after the other, so the last of them sees the circle. Locks of
     * the two customers concerned would not do, for opposite pieces share none.
     */
    @RepeatedTest(5)
    void a_circle_is_not_closed_by_pieces_that_are_added_at_once() throws Exception {
        List<UUID> four =
                List.of(registered("{}"), registered("{}"), registered("{}"), registered("{}"));

        List<Integer> statuses =
                AtOnce.run(
                        4,
                        n ->
                                relate(four.get(n), "household", four.get((n + 1) % 4), "*")
                                        .statusCode());

        assertThat(statuses).containsOnlyOnce(409).containsOnly(200, 409);
    }

    private static Response remove(UUID customer, String type, String related, String ifMatch) {
        return agent().header("If-Match", ifMatch)
                .delete("/customers/{c}/relations/{type}/{r}", customer, type, related);
    }
}

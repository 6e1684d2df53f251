package io.rapport.customer.erasure;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.as;
import static io.rapport.customer.CustomersApi.get;
import static io.rapport.customer.CustomersApi.known;
import static io.rapport.customer.CustomersApi.merge;
import static io.rapport.customer.CustomersApi.move;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.CustomersApi.patch;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.CustomersApi.removeIdentity;
import static io.rapport.customer.CustomersApi.unmerge;
import static io.rapport.customer.erasure.ErasureApi.REASON;
import static io.rapport.customer.erasure.ErasureApi.admin;
import static io.rapport.customer.erasure.ErasureApi.certificate;
import static io.rapport.customer.erasure.ErasureApi.erase;
import static io.rapport.customer.erasure.ErasureApi.erasure;
import static io.rapport.customer.erasure.ErasureApi.preview;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.customer.search.SearchApi;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Samples;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.rapport.platform.testing.Topics;
import io.rapport.platform.testing.Topics.Message;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A customer is erased, and from then on nothing is known of it here. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ErasureResourceTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void an_erased_customer_is_gone_for_every_read() throws Exception {
        String card = newExternalId();
        UUID customer = known(card);
        patch(customer, "*", "{\"givenName\": \"Ada\"}").then().statusCode(200);

        Response erased = erase(customer);
        erased.then()
                .statusCode(202)
                .header("Location", equalTo("/customers/" + customer + "/erasure"))
                .body("customers", equalTo(List.of(customer.toString())))
                .body("reason", equalTo("CONSENT_WITHDRAWN"))
                .body("requestedBy", equalTo("admin-1"))
                .body("state", equalTo("RUNNING"))
                .body("counts.identities", equalTo(1))
                .body("counts.changes", equalTo(2))
                .body("services", hasSize(4))
                .body("services[0].service", equalTo("customer-service"))
                .body("services[0].erasedAt", notNullValue())
                .body("services[1]", not(hasKey("erasedAt")));

        for (String path : reads()) {
            for (Object name : List.of(customer, "shop:" + card)) {
                Response answer = asWhoMay(path).get(path, name);
                assertThat(answer.statusCode()).as(path + " " + name).isEqualTo(410);
                assertThat(answer.<String>path("code")).as(path).isEqualTo("customer-erased");
            }
        }
        agent().get("/customers/by/shop/" + card)
                .then()
                .statusCode(410)
                .body("code", equalTo("customer-erased"));
        agent().queryParam("asOf", "2026-01-01T00:00:00Z")
                .get("/customers/{customer}", customer)
                .then()
                .statusCode(410);
    }

    /** All paths of reads below a customer, but for those that tell of its erasure. */
    private static List<String> reads() throws Exception {
        JsonNode paths = JSON.readTree(Path.of("openapi.json").toFile()).path("paths");
        List<String> reads = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : paths.properties()) {
            boolean ofCustomer =
                    path.getKey().startsWith("/customers/{customer}")
                            && path.getKey().chars().filter(c -> c == '{').count() == 1;
            if (ofCustomer
                    && path.getValue().has("get")
                    && !path.getKey().contains("/erasure")
                    && !path.getKey().contains("check")
                    && !path.getKey().contains("permission")) {
                reads.add(path.getKey());
            }
        }
        assertThat(reads).hasSizeGreaterThan(8);
        return reads;
    }

    private static RequestSpecification asWhoMay(String path) {
        return path.endsWith("/export") || path.endsWith("/legal-holds") ? admin() : agent();
    }

    @Test
    void nothing_can_be_written_of_an_erased_customer() {
        UUID customer = registered("{\"givenName\": \"Ada\"}");
        UUID other = registered("{}");
        String etag = get(customer).header("ETag");
        erase(customer).then().statusCode(202);

        patch(customer, etag, "{\"givenName\": \"Eve\"}").then().statusCode(410);
        merge(customer, other).then().statusCode(410);
        merge(other, customer).then().statusCode(409).body("code", equalTo("member-erased"));
        unmerge(customer).then().statusCode(410);
        erase(customer).then().statusCode(410);
        preview(customer).then().statusCode(410);
        ErasureApi.hold(customer, "too late").then().statusCode(410);
        agent().post("/customers/" + customer + "/login-code").then().statusCode(410);
    }

    @Test
    void lists_searches_and_lookups_do_not_find_it() {
        String card = newExternalId();
        String mail = "m" + newExternalId() + "@example.org";
        UUID customer = known(card);
        patch(
                        customer,
                        "*",
                        "{\"contactPoints\": [{\"kind\": \"EMAIL\", \"value\": \"%s\"}]}"
                                .formatted(mail))
                .then()
                .statusCode(200);
        assertThat(SearchApi.found(mail)).contains(customer.toString());
        assertThat(listed()).contains(customer.toString());

        erase(customer).then().statusCode(202);

        assertThat(SearchApi.found(mail)).doesNotContain(customer.toString());
        assertThat(SearchApi.found(card)).doesNotContain(customer.toString());
        SearchApi.lookUp("EMAIL", mail).then().statusCode(200).body("items", hasSize(0));
        assertThat(listed()).doesNotContain(customer.toString());
    }

    /** The ids of all customers, page by page. */
    private static List<String> listed() {
        List<String> ids = new ArrayList<>();
        Response page = agent().get("/customers?limit=100");
        ids.addAll(page.path("items.id"));
        while (page.path("next") != null) {
            page = agent().get("/customers?limit=100&after={after}", page.<String>path("next"));
            ids.addAll(page.path("items.id"));
        }
        return ids;
    }

    @Test
    void a_dry_run_tells_what_would_go_and_takes_nothing() {
        UUID customer = known(newExternalId());
        String givenUp = newExternalId();
        known(givenUp);
        move(givenUp, customer).then().statusCode(200);
        removeIdentity(agent(), customer, "shop", givenUp).then().statusCode(200);
        String mail =
                "{\"contactPoints\": [{\"kind\": \"EMAIL\", \"value\": \"m%s@example.org\"}]}"
                        .formatted(newExternalId());
        patch(customer, "*", mail).then().statusCode(200);
        registered(mail);
        as(Tokens.manager())
                .put("/customers/{one}/duplicates/{other}/not-the-same", customer, registered(mail))
                .then()
                .statusCode(200);
        String before = get(customer).asString();

        Response told = preview(customer);
        told.then()
                .statusCode(200)
                .header("Rapport-Version", equalTo(null))
                .body("customers", equalTo(List.of(customer.toString())))
                .body("counts.changes", equalTo(4))
                .body("counts.duplicates", equalTo(2))
                .body("counts.changesOfOthers", equalTo(2));

        assertThat(get(customer).asString()).isEqualTo(before);
        Map<String, Integer> counts = told.path("counts");
        assertThat(erase(customer).<Map<String, Integer>>path("counts")).isEqualTo(counts);
    }

    @Test
    void all_who_were_merged_are_erased_by_whichever_name() throws Exception {
        String card = newExternalId();
        UUID survivor = registered("{\"givenName\": \"Ada\"}");
        UUID member = known(card);
        merge(survivor, member).then().statusCode(200);

        erase("shop:" + card)
                .then()
                .statusCode(202)
                .body("customers", containsInAnyOrder(survivor + "", member + ""));

        for (UUID id : List.of(survivor, member)) {
            get(id).then().statusCode(410);
            erasure(id).then().statusCode(200).body("customers", hasSize(2));
            unmerge(id).then().statusCode(410);
        }
        try (Topics topics = Topics.ofSuite()) {
            for (UUID id : List.of(survivor, member)) {
                await().atMost(Duration.ofSeconds(20))
                        .untilAsserted(() -> assertToldOnce(topics, id));
            }
        }
    }

    /** One event on the log, and a tombstone in each partition after all snapshots of it. */
    private static void assertToldOnce(Topics topics, UUID id) {
        List<Message> requested =
                topics.readAll(Topic.CUSTOMERS, id).stream()
                        .filter(
                                event ->
                                        "customer.erasure-requested.v1"
                                                .equals(event.header("ce_type")))
                        .toList();
        assertThat(requested).hasSize(1);
        Samples.assertSameShape("customer.erasure-requested.v1", requested.getFirst().value() + "");
        Map<Integer, List<Message>> snapshots =
                topics.readAll(Topic.PROFILES, id).stream()
                        .collect(Collectors.groupingBy(Message::partition));
        assertThat(snapshots).isNotEmpty();
        snapshots.values().forEach(all -> assertThat(all.getLast().value()).isNull());
    }

    @Test
    void the_same_key_again_gets_the_first_answer() {
        UUID customer = registered("{\"givenName\": \"Ada\"}");
        String key = UUID.randomUUID().toString();
        Response first = erase(customer, key, REASON);
        first.then().statusCode(202);

        erase(customer, key, REASON)
                .then()
                .statusCode(202)
                .header("Idempotency-Replayed", equalTo("true"))
                .body("id", equalTo(first.path("id")));
        erase(customer, key, "{\"reason\": \"OBJECTION\"}").then().statusCode(422);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"reason\": null}",
                "{\"reason\": \"She asked for it\"}",
                "{\"reason\": \"OBJECTION\", \"note\": \"x\"}"
            })
    void a_reason_is_a_word_that_is_known(String body) {
        UUID customer = registered("{}");
        erase(customer, UUID.randomUUID().toString(), body).then().statusCode(400);
        get(customer).then().statusCode(200);
    }

    @Test
    void who_is_not_erased_has_neither_erasure_nor_certificate() {
        UUID customer = registered("{}");
        erasure(customer).then().statusCode(404).body("code", equalTo("not-erased"));
        certificate(customer).then().statusCode(404).body("code", equalTo("not-erased"));
        erasure(UUID.randomUUID()).then().statusCode(404).body("code", equalTo("unknown-customer"));
        erase(UUID.randomUUID()).then().statusCode(404);
        erasure("shop:" + newExternalId())
                .then()
                .statusCode(400)
                .body("code", equalTo("id-needed"));
        erase(customer, "", REASON).then().statusCode(400);
        erase(customer).then().statusCode(202);
        certificate(customer).then().statusCode(409).body("code", equalTo("erasure-is-running"));
    }

    @Test
    void only_an_admin_erases() {
        UUID customer = registered("{}");
        for (String token : List.of(Tokens.agent(), Tokens.manager(), Tokens.partner("shop"))) {
            as(token)
                    .header("Idempotency-Key", UUID.randomUUID().toString())
                    .contentType(ContentType.JSON)
                    .body(REASON)
                    .post("/customers/{customer}/erase", customer)
                    .then()
                    .statusCode(403);
        }
        get(customer).then().statusCode(200);
    }
}

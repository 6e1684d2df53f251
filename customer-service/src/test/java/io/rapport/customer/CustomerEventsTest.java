package io.rapport.customer;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.get;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.CustomersApi.patch;
import static io.rapport.customer.CustomersApi.put;
import static io.rapport.customer.CustomersApi.register;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.CustomersApi.relate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.customer.attribute.AttributesApi;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Samples;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Topics;
import io.rapport.platform.testing.Topics.Message;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the service writes to its topics, as an independent client reads it. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class CustomerEventsTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ADA =
            """
            {"kind": "PERSON", "displayName": "Ada Lovelace", "givenName": "Ada", "familyName": "Lovelace",
             "addressAs": "Lady Lovelace", "language": "en-GB", "timeZone": "Europe/London", "country": "GB",
             "birthday": "1985-12-10", "occupation": "mathematician", "lifecycleStage": "CUSTOMER",
             "declaredValues": ["openness"], "tags": ["vip"],
             "lifeEvents": [{"type": "moved", "on": "2026-05-01"}],
             "contactPoints": [
               {"kind": "HANDLE", "network": "mastodon", "value": "@ada", "label": "work", "preferred": true},
               {"kind": "ADDRESS", "validFrom": "2026-05-01", "validTo": "2026-12-31", "address":
                 {"lines": ["12 St James's Square"], "postalCode": "SW1Y 4LE", "city": "London", "region": "London",
                  "country": "GB"}}],
             "attributes": {"interests": ["sailing", "chess"], "member": true, "shoeSize": 38.5}}""";

    private final Topics topics = Topics.ofSuite();

    @BeforeEach
    void define() {
        AttributesApi.define(
                "interests", AttributesApi.choice("SEVERAL_OF", "[\"chess\", \"sailing\"]"));
        AttributesApi.define("member", AttributesApi.terms("BOOLEAN", ""));
        AttributesApi.define("shoeSize", AttributesApi.terms("DECIMAL", ""));
    }

    @AfterEach
    void close() {
        topics.close();
    }

    @Test
    void each_version_is_an_event_with_the_next_sequence_and_a_snapshot_with_that_version()
            throws Exception {
        Response made = put("shop", newExternalId(), ADA);
        String id = made.path("id");
        relate(id, "referred-by", registered("{}"), made.header("ETag")).then().statusCode(200);
        agent().header("If-Match", "\"2\"")
                .contentType(ContentType.JSON)
                .body("{\"learnt\": \"STATED\", \"value\": \"tea\", \"source\": \"crm\"}")
                .put("/customers/{id}/preferences/drink", id)
                .then()
                .statusCode(200);
        patch(
                        id,
                        "\"3\"",
                        "{\"language\": \"fr\", \"givenName\": \"Augusta\", \"contactPoints\": null}")
                .then()
                .statusCode(200);

        List<Message> events = records(Topic.CUSTOMERS, id, 4);
        assertEvent(events.get(0), "customer.registered.v1", 1);
        assertThat(json(events.get(0))).isEqualTo(JSON.readTree("{\"kind\": \"PERSON\"}"));
        assertThat(events.get(0).header("ce_time")).isEqualTo(made.path("createdAt"));
        assertEvent(events.get(1), "customer.changed.v1", 2);
        assertThat(json(events.get(1))).isEqualTo(JSON.readTree("{\"paths\": [\"/relations\"]}"));
        assertEvent(events.get(2), "customer.changed.v1", 3);
        assertThat(json(events.get(2))).isEqualTo(JSON.readTree("{\"paths\": [\"/preferences\"]}"));
        assertEvent(events.get(3), "customer.changed.v1", 4);
        assertThat(json(events.get(3)))
                .isEqualTo(
                        JSON.readTree(
                                "{\"paths\": [\"/contactPoints\", \"/givenName\", \"/language\"]}"));

        List<Message> snapshots = records(Topic.PROFILES, id, 4);
        assertThat(snapshots)
                .extracting(snapshot -> snapshot.header("ce_version"))
                .containsExactly("1", "2", "3", "4");
        assertThat(snapshots)
                .extracting(snapshot -> snapshot.header("ce_subject"))
                .containsOnly(id);
        Samples.assertSameShape("profiles-snapshot.v1", text(snapshots.get(2)));
        JsonNode latest = json(snapshots.get(3));
        assertThat(latest.path("givenName").asText()).isEqualTo("Augusta");
        assertThat(latest.path("language").asText()).isEqualTo("fr");
        assertThat(latest.path("identities").path(0).path("externalId"))
                .isEqualTo(
                        JSON.readTree(made.asString())
                                .path("identities")
                                .path(0)
                                .path("externalId"));
    }

    private static void assertEvent(Message event, String type, int sequence) {
        assertThat(event.header("ce_specversion")).isEqualTo("1.0");
        assertThat(event.header("ce_type")).isEqualTo(type);
        assertThat(event.header("ce_source")).isEqualTo("/rapport/customer-service");
        assertThat(event.header("ce_subject")).isEqualTo(event.key());
        assertThat(event.header("ce_customersequence")).isEqualTo("" + sequence);
        assertThat(event.header("ce_hops")).isEqualTo("0");
        Samples.assertSameShape(type, text(event));
    }

    @Test
    void the_log_holds_nothing_personal() {
        String marked = "Marked" + newExternalId();
        String externalId = newExternalId();
        String id =
                put("shop", externalId, "{\"displayName\": \"%s\"}".formatted(marked)).path("id");
        patch(id, "*", "{\"displayName\": \"%s again\"}".formatted(marked)).then().statusCode(200);

        assertThat(records(Topic.CUSTOMERS, id, 2))
                .allSatisfy(
                        event -> {
                            assertThat(text(event)).doesNotContain(marked, externalId);
                            assertThat(event.headers().values())
                                    .noneMatch(
                                            value ->
                                                    value.contains(marked)
                                                            || value.contains(externalId));
                        });
    }

    @Test
    void what_changes_nothing_or_is_refused_publishes_nothing() {
        String externalId = newExternalId();
        String id = put("shop", externalId, ADA).path("id");
        put("shop", externalId, ADA).then().statusCode(200);
        patch(id, "*", "{\"givenName\": \"Ada\"}").then().statusCode(200);
        patch(id, "\"99\"", "{\"givenName\": \"B\"}").then().statusCode(412);
        patch(id, "*", "{\"country\": \"UK\"}").then().statusCode(400);
        patch(id, "*", "{\"givenName\": \"Last\"}").then().statusCode(200);

        assertThat(records(Topic.CUSTOMERS, id, 2)).hasSize(2);
        assertThat(records(Topic.PROFILES, id, 2)).hasSize(2);
    }

    @Test
    void a_repeated_request_publishes_once() {
        String key = UUID.randomUUID().toString();
        String id = register(CustomersApi.agent(), key, ADA).path("id");
        register(CustomersApi.agent(), key, ADA).then().body("id", Matchers.equalTo(id));
        patch(id, get(id).header("ETag"), "{\"givenName\": \"Last\"}").then().statusCode(200);

        assertThat(records(Topic.CUSTOMERS, id, 2))
                .extracting(event -> event.header("ce_type"))
                .containsExactly("customer.registered.v1", "customer.changed.v1");
    }

    /** The customer's records once there are at least {@code atLeast}. */
    private List<Message> records(Topic topic, String customer, int atLeast) {
        return await().atMost(LIMIT)
                .until(() -> topics.readAll(topic, customer), found -> found.size() >= atLeast);
    }

    private static JsonNode json(Message message) throws Exception {
        return JSON.readTree(text(message));
    }

    private static String text(Message message) {
        String value = message.value();
        assertThat(value).isNotNull();
        return value == null ? "" : value;
    }
}

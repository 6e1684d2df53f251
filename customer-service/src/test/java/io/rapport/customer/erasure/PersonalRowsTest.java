package io.rapport.customer.erasure;

import static io.rapport.customer.CustomersApi.addIdentity;
import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.get;
import static io.rapport.customer.CustomersApi.merge;
import static io.rapport.customer.CustomersApi.move;
import static io.rapport.customer.CustomersApi.patch;
import static io.rapport.customer.CustomersApi.put;
import static io.rapport.customer.CustomersApi.register;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.CustomersApi.relate;
import static io.rapport.customer.CustomersApi.removeIdentity;
import static io.rapport.customer.CustomersApi.unmerge;
import static io.rapport.customer.erasure.ErasureApi.erase;
import static io.rapport.customer.erasure.ErasureApi.held;
import static io.rapport.customer.erasure.ErasureApi.manager;
import static io.rapport.customer.erasure.ErasureApi.preview;
import static io.rapport.customer.erasure.ErasureApi.release;
import static io.rapport.customer.importing.ImportsApi.imported;
import static io.rapport.customer.importing.ImportsApi.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.customer.CustomersApi;
import io.rapport.customer.attribute.AttributesApi;
import io.rapport.customer.consent.ConsentsApi;
import io.rapport.customer.search.SearchApi;
import io.rapport.customer.segment.SegmentsApi;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.LogLines;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.rapport.platform.testing.Topics;
import io.rapport.platform.testing.Topics.Message;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nothing personal is left in any table, whoever told it and by whichever way it came in. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class PersonalRowsTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Databases database = Databases.asOwner();

    /** What nobody else's data has, in letters, so that it is found as a word, too. */
    private final String mark = "qx" + SearchApi.newName(14);

    @Test
    void every_table_is_erased_or_stays_for_a_reason() throws Exception {
        List<String> tables =
                database
                        .rows(
                                """
                                SELECT table_name FROM information_schema.tables
                                WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
                                """)
                        .stream()
                        .map(row -> String.valueOf(row.get("table_name")))
                        .toList();
        List<String> named =
                Stream.of(
                                PersonalRows.tables(),
                                PersonalRows.OTHERWISE.keySet(),
                                PersonalRows.STAYS.keySet())
                        .flatMap(Collection::stream)
                        .toList();

        assertThat(named).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(named)).isEqualTo(new TreeSet<>(tables));
    }

    @Test
    void what_was_told_in_every_way_is_left_nowhere() throws Exception {
        try (LogLines log = LogLines.ofAll()) {
            UUID customer = told();
            UUID member = toldOfMember();
            UUID before = movedFromAnother(customer, mark + "-moved");
            UUID earlier = movedFromAnother(customer, mark + "-given-up");
            removeIdentity(agent(), customer, "shop", mark + "-given-up").then().statusCode(200);
            UUID survivor = mergedBefore(customer);
            UUID guest = mergedByMistake(customer);
            mergeInto(customer, member);
            String export = exported();
            assertThat(marked()).contains("customer", "customer_change", "customer_identity");
            assertThat(marked()).contains("search_term", "search_word", "idempotency_key");
            assertThat(marked()).contains("customer_merge_actor", "legal_hold", "contact_point");
            assertThat(marked()).contains("customer_attribute", "customer_preference");
            assertThat(marked()).contains("customer_export_part", "customer_merge_edit");
            assertThat(marked()).contains("segment_override", "segment_override_past");
            preview(customer).then().statusCode(200);

            Response erased = erase(member);
            erased.then().statusCode(202);

            manager().get("/customer-exports/{export}/content", export).then().statusCode(409);
            await().atMost(LIMIT).untilAsserted(() -> assertThat(marked()).isEmpty());
            assertThat(erased.asString()).doesNotContain(mark);
            assertThat(ErasureApi.erasure(customer).asString()).doesNotContain(mark);
            Logger.getLogger(PersonalRowsTest.class.getName()).warning("It is listened to.");
            assertThat(log.lines())
                    .contains("It is listened to.")
                    .noneMatch(line -> line.contains(mark));
            // What is others' stays with them, but for what would tell of the erased one.
            for (UUID other : List.of(before, earlier, survivor, guest)) {
                get(other).then().statusCode(200);
                assertThat(get(other).asString()).doesNotContain(mark);
            }
        }
        assertTopicsAreClean();
    }

    /** A customer by its profile, its names, what it said, and what staff noted. */
    private UUID told() {
        String attribute = "m" + SearchApi.newName(10);
        AttributesApi.define(attribute, AttributesApi.terms("TEXT", ""));
        String profile =
                """
                {"displayName": "%1$s one", "givenName": "%1$s", "familyName": "%1$s", "addressAs": "%1$s",
                 "language": "en-GB", "timeZone": "Europe/London", "country": "GB", "birthday": "1985-12-10",
                 "occupation": "%1$s", "declaredValues": ["%1$s"], "tags": ["%1$s"],
                 "lifeEvents": [{"type": "moved", "on": "2026-05-01"}],
                 "contactPoints": [
                   {"kind": "EMAIL", "value": "%1$s@example.org", "label": "%1$s"},
                   {"kind": "HANDLE", "network": "mastodon", "value": "@%1$s"},
                   {"kind": "ADDRESS", "address": {"lines": ["%1$s"], "city": "%1$s", "country": "GB"}}],
                 "attributes": {"%2$s": "%1$s"}}"""
                        .formatted(mark, attribute);
        Response made = register(agent(), UUID.randomUUID().toString(), profile);
        made.then().statusCode(201);
        UUID customer = UUID.fromString(made.path("id"));
        addIdentity(agent(), customer, "shop", mark).then().statusCode(200);
        because()
                .header("If-Match", "*")
                .contentType("application/merge-patch+json")
                .body("{\"givenName\": \"%s two\"}".formatted(mark))
                .patch("/customers/{customer}", customer)
                .then()
                .statusCode(200);
        agent().header("If-Match", "*")
                .contentType(ContentType.JSON)
                .body(
                        "{\"learnt\": \"STATED\", \"value\": \"%s\", \"source\": \"crm\"}"
                                .formatted(mark))
                .put("/customers/{customer}/preferences/{key}", customer, mark)
                .then()
                .statusCode(200);
        relate(customer, "referred-by", registered("{}"), "*").then().statusCode(200);
        ConsentsApi.pendingOf(customer.toString());
        agent().post("/customers/{customer}/login-code", customer).then().statusCode(201);
        String segment = SegmentsApi.made(SegmentsApi.tagged("nobody"));
        override(segment, customer, "If-None-Match");
        override(segment, customer, "If-Match");
        String hold = held(customer, mark);
        release(customer, hold, mark).then().statusCode(200);
        ErasureApi.admin()
                .contentType(ContentType.JSON)
                .body("{\"issuer\": \"%s\", \"subject\": \"%s\"}".formatted(Tokens.ISSUER, mark))
                .post("/customers/{customer}/logins", customer)
                .then()
                .statusCode(200);
        return customer;
    }

    private void override(String segment, UUID customer, String header) {
        agent().header(header, "*")
                .contentType(ContentType.JSON)
                .body("{\"decision\": \"IN\", \"reason\": \"%s\"}".formatted(mark))
                .put("/segments/{segment}/overrides/{customer}", segment, customer)
                .then()
                .statusCode(header.equals("If-Match") ? 200 : 201);
    }

    private RequestSpecification because() {
        return agent().header("Rapport-Reason", mark);
    }

    /** Another one, from a file. */
    private UUID toldOfMember() {
        Response told =
                imported(
                        "CSV",
                        "identity:card,givenName,email\n%1$s,%1$s,%1$s.too@example.org\n"
                                .formatted(mark));
        assertThat(rows(told)).isEqualTo(List.of(1, 0, 0, 0));
        return UUID.fromString(CustomersApi.getBy(agent(), "card", mark).path("id"));
    }

    /** Somebody else who had one of its names before. */
    private static UUID movedFromAnother(UUID customer, String card) {
        UUID other = UUID.fromString(put("shop", card, "{\"country\": \"GB\"}").path("id"));
        move(card, customer).then().statusCode(200);
        return other;
    }

    /** Somebody else who showed its values for a while, was edited meanwhile, and stands alone. */
    private UUID mergedBefore(UUID customer) {
        UUID other = registered("{\"country\": \"GB\"}");
        mergeInto(other, customer);
        patch(other, "*", "{\"occupation\": \"another\"}").then().statusCode(200);
        agent().header("If-Match", "*")
                .delete("/customers/{customer}/preferences/{key}", other, mark)
                .then()
                .statusCode(200);
        assertThat(merge(other, registered("{}")).asString()).contains(mark);
        assertThat(get(other).asString()).contains(mark);
        unmerge(customer).then().statusCode(200);
        patch(other, "*", "{\"language\": \"de\"}").then().statusCode(200);
        return other;
    }

    /** Somebody else who was taken for this one, as both reasons tell. */
    private UUID mergedByMistake(UUID customer) {
        UUID other = registered("{\"country\": \"GB\"}");
        mergeInto(customer, other);
        because()
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("If-Match", "*")
                .post("/customers/{customer}/unmerge", other)
                .then()
                .statusCode(200);
        return other;
    }

    /** With a reason and a proof, and an edit of what names the member. */
    private void mergeInto(UUID survivor, UUID member) {
        because()
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("If-Match", "*")
                .contentType(ContentType.JSON)
                .body(
                        "{\"members\": [{\"customer\": \"%s\"}], \"proof\": \"%s\"}"
                                .formatted(member, mark))
                .post("/customers/{customer}/merge", survivor)
                .then()
                .statusCode(200);
    }

    /** A file with all customers, which is there until somebody in it is erased. */
    private static String exported() {
        String id =
                manager()
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .contentType(ContentType.JSON)
                        .body("{\"format\": \"NDJSON\"}")
                        .post("/customer-exports")
                        .path("id");
        await().atMost(LIMIT)
                .until(
                        () ->
                                "COMPLETED"
                                        .equals(
                                                manager()
                                                        .get("/customer-exports/{export}", id)
                                                        .path("state")));
        return id;
    }

    /** The tables in which the mark stands anywhere, in whichever case. */
    private List<String> marked() throws Exception {
        List<String> found = new ArrayList<>();
        for (Map<String, Object> table :
                database.rows(
                        """
                        SELECT t.table_name AS name, array_to_string(ARRAY(
                            SELECT c.column_name FROM information_schema.columns c
                            WHERE c.table_schema = 'public' AND c.table_name = t.table_name AND c.data_type = 'bytea'), ',')
                            AS bytes
                        FROM information_schema.tables t
                        WHERE t.table_schema = 'public' AND t.table_type = 'BASE TABLE' ORDER BY 1
                        """)) {
            StringBuilder where = new StringBuilder("lower(CAST(t AS text)) LIKE ?");
            String bytes = Objects.toString(table.get("bytes"), "");
            for (String column : bytes.isEmpty() ? new String[0] : bytes.split(",", -1)) {
                where.append(" OR position(CAST('%s' AS bytea) IN %s) > 0".formatted(mark, column));
            }
            String name = String.valueOf(table.get("name"));
            if (database.number(
                            "SELECT count(*) FROM \"%s\" t WHERE %s".formatted(name, where),
                            "%" + mark + "%")
                    > 0) {
                found.add(name);
            }
        }
        return found;
    }

    /** Of the topics that this service writes: the log now, the profiles after their tombstones. */
    private void assertTopicsAreClean() {
        try (Topics topics = Topics.ofSuite()) {
            assertThat(topics.readAll(Topic.CUSTOMERS))
                    .noneMatch(event -> (event.value() + event.headers()).contains(mark));
            await().atMost(LIMIT)
                    .untilAsserted(
                            () ->
                                    assertThat(newest(topics).values())
                                            .noneMatch(value -> value.contains(mark)));
        }
    }

    /** What compaction leaves: the newest record of each key, in each partition. */
    private static Map<String, String> newest(Topics topics) {
        Map<String, String> newest = new HashMap<>();
        for (Message one : topics.readAll(Topic.PROFILES)) {
            newest.put(one.partition() + " " + one.key(), one.value() + "");
        }
        return newest;
    }
}

package io.rapport.customer.exporting;

import static io.rapport.customer.CustomersApi.as;
import static io.rapport.customer.CustomersApi.merge;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.CustomersApi.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.customer.importing.ImportsApi;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.ShiftableClock;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ExportResourceTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ADA =
            """
            {"givenName": "Ada; \\"Lady\\"", "familyName": "=King", "tags": ["vip", "a;b"], "declaredValues": ["x", "y"],
             "birthday": "1985-12-10", "lifeEvents": [{"type": "moved", "on": "2026-05-01"}],
             "contactPoints": [{"kind": "EMAIL", "value": "ada@example.org", "preferred": true}]}""";

    @Inject ShiftableClock clock;
    @Inject ExportConfig config;
    @Inject ExportWork work;

    private final Databases database = Databases.asOwner();
    private final List<UUID> mine = new CopyOnWriteArrayList<>();

    @AfterEach
    void cancelMine() {
        clock.reset();
        mine.forEach(ExportResourceTest::cancel);
    }

    @Test
    void customers_of_a_source_are_lines_as_the_api_answers_them() throws Exception {
        String source = source();
        String id = put(source, newExternalId(), ADA).path("id");
        String other = put(source, newExternalId(), "{}").path("id");

        Response told = exported("NDJSON", source);

        told.then().body("state", equalTo("COMPLETED")).body("customers", equalTo(2));
        List<JsonNode> lines = new ArrayList<>();
        for (String line : content(told, "application/x-ndjson").lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        assertThat(lines).extracting(line -> line.path("id").asText()).containsExactly(id, other);
        assertThat(lines.getFirst())
                .isEqualTo(
                        JSON.readTree(
                                as(Tokens.manager()).get("/customers/{id}", id).asByteArray()));
    }

    @Test
    void an_import_takes_an_export_as_it_is_and_finds_nothing_changed() throws Exception {
        String source = source();
        put(source, newExternalId(), ADA).then().statusCode(201);
        put(source, newExternalId(), "{\"kind\": \"ORGANISATION\"}").then().statusCode(201);
        for (String format : List.of("CSV", "NDJSON")) {
            Response told = exported(format, source);
            String type = format.equals("CSV") ? "text/csv" : "application/x-ndjson";

            Response taken = ImportsApi.imported(format, content(told, type));

            assertThat(ImportsApi.rows(taken)).as(format).containsExactly(0, 0, 2, 0);
        }
    }

    @Test
    void a_file_of_many_steps_has_each_customer_once() throws Exception {
        String source = source();
        int many = 2 * config.customersPerTransaction() + 3;
        StringBuilder rows = new StringBuilder("identity:" + source + "\n");
        for (int i = 0; i < many; i++) {
            rows.append("r").append(i).append('\n');
        }
        assertThat(ImportsApi.rows(ImportsApi.imported("CSV", rows.toString())))
                .containsExactly(many, 0, 0, 0);

        Response told = exported("CSV", source);

        told.then().body("customers", equalTo(many));
        List<String> lines = content(told, "text/csv").lines().toList();
        assertThat(lines).hasSize(many + 1).doesNotHaveDuplicates();
        assertThat(lines.getFirst()).startsWith("id,status,kind,displayName");
    }

    /** It had passed the member, which stood by itself then, before the two were one. */
    @Test
    void whoever_has_got_a_member_since_is_written_where_the_survivor_stands() throws Exception {
        String source = source();
        String member = put(source, newExternalId(), "{}").path("id");
        String survivor = put(source, newExternalId(), "{\"givenName\": \"Ada\"}").path("id");
        merge(UUID.fromString(survivor), UUID.fromString(member)).then().statusCode(200);
        database.execute(
                """
                CREATE FUNCTION test_begin() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN NEW.last_customer := '%s'; RETURN NEW; END $$\
                """
                        .formatted(member));
        try {
            database.execute(
                    """
                    CREATE TRIGGER test_begins_later BEFORE INSERT ON customer_export FOR EACH ROW
                    WHEN (NEW.source = '%s') EXECUTE FUNCTION test_begin()\
                    """
                            .formatted(source));

            Response told = exported("NDJSON", source);

            assertThat(content(told, "application/x-ndjson").lines())
                    .singleElement()
                    .asString()
                    .contains(survivor, "Ada");
        } finally {
            database.execute("DROP FUNCTION test_begin() CASCADE");
        }
    }

    /** The row of the export: two who work on one write each customer once. */
    @Test
    void two_replicas_write_each_customer_once() throws Exception {
        String source = source();
        put(source, newExternalId(), "{}").then().statusCode(201);
        UUID id = id(make("NDJSON", source));

        AtOnce.run(
                4,
                n -> {
                    QuarkusTransaction.requiringNew().run(() -> work.fire(id, Instant.EPOCH));
                    return n;
                });

        assertThat(content(ended(id), "application/x-ndjson").lines()).hasSize(1);
    }

    @Test
    void what_is_cancelled_holds_nothing_any_more() throws Exception {
        Response told = exported("NDJSON", source());

        cancel(id(told)).then().statusCode(200).body("state", equalTo("CANCELLED"));
        cancel(id(told)).then().statusCode(200).body("state", equalTo("CANCELLED"));

        as(Tokens.manager())
                .get("/customer-exports/{export}/content", id(told))
                .then()
                .statusCode(409)
                .body("code", equalTo("export-has-no-file"));
        await().atMost(LIMIT).until(() -> parts(id(told)) == 0);
    }

    @Test
    void an_export_is_deleted_with_all_that_it_holds_in_time() throws Exception {
        UUID id = id(exported("CSV", source()));
        assertThat(parts(id)).isPositive();

        clock.shift(Duration.ofDays(2));

        await().atMost(LIMIT)
                .until(() -> manager().get("/customer-exports/{export}", id).statusCode() == 404);
        assertThat(parts(id)).isZero();
    }

    /** The advisory lock of the number of exports. */
    @Test
    void no_more_exports_are_kept_than_may_be() {
        String source = source();
        List<Response> answers = AtOnce.run(config.atOnce() + 4, n -> make("CSV", source));

        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 201)
                .hasSizeBetween(1, config.atOnce());
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() != 201)
                .isNotEmpty()
                .allSatisfy(
                        answer ->
                                assertThat(answer.<String>path("code"))
                                        .isEqualTo("too-many-exports"));
    }

    @Test
    void bad_input_is_refused() {
        manager()
                .header("Idempotency-Key", "x")
                .contentType(ContentType.JSON)
                .body("{\"format\": \"XML\"}")
                .post("/customer-exports")
                .then()
                .statusCode(400);
        make("CSV", "Not A Source").then().statusCode(400).body("code", equalTo("invalid-source"));
        manager()
                .get("/customer-exports/{export}", UUID.randomUUID())
                .then()
                .statusCode(404)
                .body("detail", containsString("no export"));
    }

    private static RequestSpecification manager() {
        return as(Tokens.manager());
    }

    private Response make(String format, String source) {
        Response made =
                manager()
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .contentType(ContentType.JSON)
                        .body("{\"format\": \"%s\", \"source\": \"%s\"}".formatted(format, source))
                        .post("/customer-exports");
        if (made.statusCode() == 201) {
            mine.add(id(made));
        }
        return made;
    }

    private Response exported(String format, String source) {
        Response made = make(format, source);
        made.then().statusCode(201);
        return ended(id(made));
    }

    private static Response ended(UUID id) {
        await().atMost(LIMIT)
                .until(
                        () ->
                                !"RUNNING"
                                        .equals(
                                                manager()
                                                        .get("/customer-exports/{export}", id)
                                                        .path("state")));
        return manager().get("/customer-exports/{export}", id);
    }

    private static Response cancel(UUID id) {
        return manager().post("/customer-exports/{export}/cancel", id);
    }

    private static String content(Response told, String type) {
        return manager()
                .get("/customer-exports/{export}/content", id(told))
                .then()
                .statusCode(200)
                .contentType(containsString(type))
                .extract()
                .asString();
    }

    private long parts(UUID id) throws Exception {
        return database.number("SELECT count(*) FROM customer_export_part WHERE export_id = ?", id);
    }

    private static UUID id(Response told) {
        return UUID.fromString(told.path("id"));
    }

    private static String source() {
        return "s" + UUID.randomUUID().toString().substring(0, 13);
    }
}

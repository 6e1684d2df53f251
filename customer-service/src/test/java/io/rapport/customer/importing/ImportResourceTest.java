package io.rapport.customer.importing;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.getBy;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.CustomersApi.put;
import static io.rapport.customer.importing.ImportsApi.cancel;
import static io.rapport.customer.importing.ImportsApi.ended;
import static io.rapport.customer.importing.ImportsApi.id;
import static io.rapport.customer.importing.ImportsApi.made;
import static io.rapport.customer.importing.ImportsApi.make;
import static io.rapport.customer.importing.ImportsApi.manager;
import static io.rapport.customer.importing.ImportsApi.plain;
import static io.rapport.customer.importing.ImportsApi.problems;
import static io.rapport.customer.importing.ImportsApi.rows;
import static io.rapport.customer.importing.ImportsApi.run;
import static io.rapport.customer.importing.ImportsApi.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.ShiftableClock;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ImportResourceTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String MAPPED =
            """
            {"format": "CSV", "mode": "UPSERT", "columns": {"no": "identity:shop", "card": "identity:card",
             "first name": "givenName", "mail": "email", "labels": "tags"}}""";

    @Inject ShiftableClock clock;

    private final Databases database = Databases.asOwner();

    @AfterEach
    void reset() {
        clock.reset();
    }

    @Test
    void columns_become_what_they_are_said_to_tell() throws Exception {
        String no = newExternalId();
        String card = newExternalId();

        Response told =
                run(
                        MAPPED,
                        """
                        first name,mail,nobody reads this,no,card,labels
                        "Ada, Lady",Ada@Example.org,x,%s,%s,vip; early
                        """
                                .formatted(no, card));

        told.then()
                .body("state", equalTo("COMPLETED"))
                .body("rows.read", equalTo(2))
                .body("bytesRead", equalTo(told.<Integer>path("bytes")));
        assertThat(rows(told)).containsExactly(1, 0, 0, 0);
        Response customer = getBy(agent(), "card", card);
        customer.then()
                .statusCode(200)
                .body("givenName", equalTo("Ada, Lady"))
                .body("tags", equalTo(List.of("early", "vip")))
                .body("contactPoints", hasSize(1))
                .body("contactPoints[0].value", equalTo("ada@example.org"))
                .body("identities", hasSize(2));
        String customerId = customer.path("id");
        assertThat(
                        database.rows(
                                """
                                SELECT actor, correlation_id FROM customer_change WHERE customer_id = ?
                                """,
                                UUID.fromString(customerId)))
                .hasSize(1)
                .allSatisfy(
                        change ->
                                assertThat(change)
                                        .containsEntry("correlation_id", id(told).toString())
                                        .doesNotContainEntry("actor", "customer-service"));
        assertThat(
                        database.number(
                                "SELECT last FROM customer_sequence WHERE customer_id = ?",
                                UUID.fromString(customerId)))
                .isEqualTo(1);
        await().atMost(LIMIT).until(() -> parts(id(told)) == 0);
    }

    @Test
    void rows_that_were_taken_in_already_change_nothing() throws Exception {
        String file =
                "identity:shop,givenName,email,tags\n%s,Ada,ada@example.org,b;a\n%s,Grace,,\n"
                        .formatted(newExternalId(), newExternalId());
        assertThat(rows(run(plain("CSV", "UPSERT"), file))).containsExactly(2, 0, 0, 0);

        Response again = run(plain("CSV", "UPSERT"), file);

        assertThat(rows(again)).containsExactly(0, 0, 2, 0);
        assertThat(
                        database.number(
                                "SELECT count(*) FROM customer_change WHERE correlation_id = ?",
                                id(again).toString()))
                .isZero();
    }

    @Test
    void what_a_row_does_not_tell_stays() {
        String no = newExternalId();
        put(
                        "shop",
                        no,
                        """
                        {"givenName": "Ada", "familyName": "King", "tags": ["vip"],
                         "contactPoints": [{"kind": "EMAIL", "value": "ada@example.org", "label": "home"}]}""")
                .then()
                .statusCode(201);

        Response told =
                run(
                        plain("CSV", "UPDATE"),
                        "identity:shop,familyName,givenName,email,phone\n%s,Lovelace,,ada@EXAMPLE.org,+442079460958\n"
                                .formatted(no));

        assertThat(rows(told)).containsExactly(0, 1, 0, 0);
        getBy(agent(), "shop", no)
                .then()
                .body("givenName", equalTo("Ada"))
                .body("familyName", equalTo("Lovelace"))
                .body("tags", equalTo(List.of("vip")))
                .body("contactPoints", hasSize(2))
                .body("contactPoints.find { it.kind == 'EMAIL' }.label", equalTo("home"))
                .header("ETag", equalTo("\"2\""));
    }

    @Test
    void null_in_a_line_takes_a_field_away() {
        String no = newExternalId();
        put("shop", no, "{\"givenName\": \"Ada\", \"familyName\": \"King\"}");

        run(
                plain("NDJSON", "UPSERT"),
                "{\"identity:shop\": \"%s\", \"familyName\": null}\n".formatted(no));

        getBy(agent(), "shop", no)
                .then()
                .body("givenName", equalTo("Ada"))
                .body("familyName", nullValue());
    }

    @Test
    void a_row_adds_the_identities_by_which_its_customer_was_not_known() {
        String no = newExternalId();
        String card = newExternalId();
        String id = put("shop", no, "{}").path("id");

        run(plain("CSV", "UPSERT"), "identity:shop,identity:card\n%s,%s\n".formatted(no, card));

        getBy(agent(), "card", card).then().body("id", equalTo(id));
    }

    @Test
    void each_mode_refuses_what_it_is_not_for() {
        String known = newExternalId();
        String unknown = newExternalId();
        put("shop", known, "{}");
        String file = "identity:shop,givenName\n%s,Ada\n%s,Grace\n".formatted(known, unknown);

        Response updated = run(plain("CSV", "UPDATE"), file);
        assertThat(rows(updated)).containsExactly(0, 1, 0, 1);
        assertThat(problems(updated))
                .singleElement()
                .asString()
                .contains("\"row\":3", "unknown-customer");
        Response created = run(plain("CSV", "CREATE"), file);
        assertThat(rows(created)).containsExactly(1, 0, 0, 1);
        assertThat(problems(created))
                .singleElement()
                .asString()
                .contains("\"row\":2", "identity-exists");
    }

    @Test
    void a_dry_run_tells_what_would_become_of_the_rows() {
        String known = newExternalId();
        String unknown = newExternalId();
        put("shop", known, "{\"givenName\": \"Ada\"}");

        Response told =
                run(
                        "{\"format\": \"CSV\", \"mode\": \"UPSERT\", \"dryRun\": true}",
                        "identity:shop,givenName,birthday\n%s,Eve,\n%s,Bob,\n%s,Eve,2999-01-01\n"
                                .formatted(known, unknown, newExternalId()));

        assertThat(rows(told)).containsExactly(1, 1, 0, 1);
        getBy(agent(), "shop", known).then().body("givenName", equalTo("Ada"));
        getBy(agent(), "shop", unknown).then().statusCode(404);
    }

    @Test
    void a_row_whose_identities_name_several_customers_is_refused() {
        String first = newExternalId();
        String second = newExternalId();
        put("shop", first, "{}");
        put("card", second, "{}");

        Response told =
                run(
                        plain("CSV", "UPSERT"),
                        "identity:shop,identity:card,givenName\n%s,%s,Ada\n"
                                .formatted(first, second));

        assertThat(problems(told)).singleElement().asString().contains("ambiguous-customer");
    }

    /** A step has each customer once, and the next one goes on with the row that has it again. */
    @Test
    void rows_of_one_customer_count_in_their_order() throws Exception {
        String no = newExternalId();
        String card = newExternalId();

        Response told =
                run(
                        plain("CSV", "UPSERT"),
                        """
                        identity:shop,identity:card,givenName,familyName
                        %1$s,%2$s,Ada,
                        %1$s,,,King
                        ,%2$s,Augusta,
                        %1$s,,,Lovelace
                        """
                                .formatted(no, card));

        assertThat(rows(told)).containsExactly(1, 3, 0, 0);
        getBy(agent(), "shop", no)
                .then()
                .body("givenName", equalTo("Augusta"))
                .body("familyName", equalTo("Lovelace"))
                .header("ETag", equalTo("\"4\""));
    }

    @Test
    void a_file_comes_in_parts_that_are_cut_anywhere_and_put_again() {
        StringBuilder rows = new StringBuilder("identity:shop,givenName,tags\n");
        String prefix = newExternalId().substring(0, 12);
        for (int i = 0; i < 1_203; i++) {
            rows.append(prefix).append('-').append(i).append(",\"Ada, É\",vip\n");
        }
        byte[] file = rows.toString().getBytes(StandardCharsets.UTF_8);
        UUID id = made(plain("CSV", "CREATE"));
        int each = file.length / 7;
        for (int part = 7; part >= 0; part--) {
            int from = part * each;
            byte[] content = Arrays.copyOfRange(file, from, Math.min(file.length, from + each));
            ImportsApi.put(id, part + 1, content).then().statusCode(200);
            ImportsApi.put(id, part + 1, content).then().statusCode(200);
        }
        ImportsApi.get(id).then().body("bytes", equalTo(file.length));

        start(id).then().statusCode(200).body("state", equalTo("RUNNING"));

        Response told = ended(id);
        assertThat(rows(told)).containsExactly(1_203, 0, 0, 0);
        start(id).then().statusCode(200).body("state", equalTo("COMPLETED"));
        ImportsApi.put(id, 1, file)
                .then()
                .statusCode(409)
                .body("code", equalTo("import-has-started"));
    }

    @Test
    void a_file_with_a_part_missing_or_without_any_is_not_started() {
        UUID id = made(plain("CSV", "UPSERT"));
        start(id).then().statusCode(409).body("code", equalTo("nothing-uploaded"));
        ImportsApi.put(id, 2, new byte[] {'a'}).then().statusCode(200);
        start(id).then().statusCode(409).body("code", equalTo("parts-missing"));
        ImportsApi.put(id, 0, new byte[] {'a'}).then().statusCode(400);
        ImportsApi.put(id, 10_001, new byte[] {'a'}).then().statusCode(400);
        ImportsApi.put(UUID.randomUUID(), 1, new byte[] {'a'})
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown-import"));
    }

    /** A part of none is put like any other; only a file of none is as good as not uploaded. */
    @Test
    void a_part_without_a_byte_is_a_part_and_a_file_without_one_is_not_started() {
        UUID id = made(plain("CSV", "UPSERT"));
        ImportsApi.put(id, 1, new byte[0]).then().statusCode(200).body("bytes", equalTo(0));
        start(id).then().statusCode(409).body("code", equalTo("nothing-uploaded"));
        ImportsApi.get(id).then().body("state", equalTo("UPLOADING"));
        byte[] file =
                "identity:shop\n%s\n".formatted(newExternalId()).getBytes(StandardCharsets.UTF_8);
        ImportsApi.put(id, 2, file).then().statusCode(200).body("bytes", equalTo(file.length));

        start(id).then().statusCode(200);

        assertThat(rows(ended(id))).containsExactly(1, 0, 0, 0);
    }

    @Test
    void what_is_cancelled_ends_and_leaves_nothing_uploaded() throws Exception {
        UUID id = made(plain("CSV", "UPSERT"));
        ImportsApi.putAll(id, "identity:shop\nx".getBytes(StandardCharsets.UTF_8));

        cancel(id).then().statusCode(200).body("state", equalTo("CANCELLED"));

        await().atMost(LIMIT).until(() -> parts(id) == 0);
        cancel(id).then().statusCode(200).body("state", equalTo("CANCELLED"));
        start(id).then().statusCode(200).body("state", equalTo("CANCELLED"));
    }

    @Test
    void an_import_is_deleted_with_all_that_it_holds_in_time() throws Exception {
        UUID id = made(plain("CSV", "UPSERT"));
        ImportsApi.putAll(id, "identity:shop\nx".getBytes(StandardCharsets.UTF_8));

        clock.shift(Duration.ofDays(8));

        await().atMost(LIMIT).until(() -> ImportsApi.get(id).statusCode() == 404);
        assertThat(parts(id)).isZero();
    }

    @Test
    void problems_are_a_file_that_holds_no_value_of_a_row() {
        Response told =
                run(
                        plain("CSV", "UPSERT"),
                        """
                        identity:shop,givenName,birthday,email
                        %s,Ada,2150-01-01,ada@example.net
                        %s,Grace,1906-12-09,not an address
                        ada@example.net,Eve,,
                        """
                                .formatted(newExternalId(), newExternalId()));

        assertThat(rows(told)).containsExactly(0, 0, 0, 3);
        assertThat(problems(told))
                .hasSize(3)
                .anySatisfy(line -> assertThat(line).contains("\"row\":2", "/birthday"))
                .anySatisfy(
                        line -> assertThat(line).contains("\"row\":3", "/contactPoints/0/value"))
                .anySatisfy(
                        line ->
                                assertThat(line)
                                        .contains("\"row\":4", "external-id-is-contact-data"))
                .noneMatch(line -> line.contains("example.net") || line.contains("Grace"));
        assertThat(
                        manager()
                                .queryParam("format", "CSV")
                                .get("/customer-imports/{import}/problems", id(told))
                                .then()
                                .statusCode(200)
                                .contentType("text/csv")
                                .extract()
                                .asString()
                                .lines()
                                .toList())
                .hasSize(4)
                .startsWith(
                        "row,code,field,reason",
                        "2,invalid-fields,/birthday,\"must not lie ahead\"");
    }

    @Test
    void imports_are_listed_newest_first() {
        UUID first = made(plain("CSV", "UPSERT"));
        UUID second = made(plain("NDJSON", "CREATE"));

        Response page = manager().queryParam("limit", 1).get("/customer-imports");

        page.then().statusCode(200).body("items.id", equalTo(List.of(second.toString())));
        manager()
                .queryParam("limit", 1)
                .queryParam("after", page.<String>path("next"))
                .get("/customer-imports")
                .then()
                .body("items.id", equalTo(List.of(first.toString())));
        cancel(first);
        cancel(second);
    }

    @Test
    void the_same_key_makes_one_import() {
        String key = UUID.randomUUID().toString();
        List<String> made =
                Stream.of(1, 2)
                        .map(
                                n ->
                                        manager()
                                                .header("Idempotency-Key", key)
                                                .contentType("application/json")
                                                .body(plain("CSV", "UPSERT"))
                                                .post("/customer-imports")
                                                .<String>path("id"))
                        .toList();
        assertThat(made.getFirst()).isEqualTo(made.getLast());
        cancel(UUID.fromString(made.getFirst()));
    }

    @Test
    void columns_that_tell_what_nobody_knows_are_refused() {
        make("{\"format\": \"CSV\", \"mode\": \"UPSERT\", \"columns\": {\"a/b\": \"shoe size\"}}")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/columns/a~1b"));
        make("{\"format\": \"CSV\", \"mode\": \"UPSERT\", \"columns\": {\"a\": \"identity:login\"}}")
                .then()
                .statusCode(400);
        make("{\"format\": \"CSV\", \"mode\": \"UPSERT\", \"delimiter\": \"x\"}")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/delimiter"));
        make("{\"format\": \"CSV\"}").then().statusCode(400);
    }

    private long parts(UUID id) throws Exception {
        return database.number("SELECT count(*) FROM customer_import_part WHERE import_id = ?", id);
    }
}

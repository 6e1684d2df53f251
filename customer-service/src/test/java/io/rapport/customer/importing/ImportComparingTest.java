package io.rapport.customer.importing;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.getBy;
import static io.rapport.customer.CustomersApi.merge;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.CustomersApi.patch;
import static io.rapport.customer.CustomersApi.put;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.importing.ImportsApi.cancel;
import static io.rapport.customer.importing.ImportsApi.ended;
import static io.rapport.customer.importing.ImportsApi.made;
import static io.rapport.customer.importing.ImportsApi.plain;
import static io.rapport.customer.importing.ImportsApi.rows;
import static io.rapport.customer.importing.ImportsApi.run;
import static io.rapport.customer.importing.ImportsApi.start;
import static io.rapport.customer.search.SearchApi.newName;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.customer.Stalled;
import io.rapport.customer.erasure.ErasureApi;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Customers of an import who are alike are found once all its rows were read. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ImportComparingTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Inject ImportConfig config;
    @Inject ImportWork work;

    private final Databases database = Databases.asOwner();

    /** Whose days nobody else has. */
    private final LocalDate day =
            LocalDate.of(1852, 1, 1).plusDays(ThreadLocalRandom.current().nextInt(15_000));

    private final String family = newName(10);
    private final String source = "s" + newName(12);

    @Test
    void who_is_reached_alike_is_found_at_once_and_who_is_alike_once_all_rows_are_read()
            throws Exception {
        String mail = newName(12) + "@example.org";
        String reached = "\"contactPoints\": [{\"kind\": \"EMAIL\", \"value\": \"%s\"}]";
        UUID first = registered("{%s}".formatted(reached.formatted(mail)));
        UUID there = registered(person("Zoë", family, day, "12 St James’s Square"));
        String alike = person("Zoe", family + "s", day, "12, Saint James's Square");
        UUID single = UUID.fromString(put(source, "single", alike).path("id"));
        Map<String, Object> expected = finding(single, there);
        UUID id =
                uploaded(
                        line("reached", "{%s}".formatted(reached.formatted(mail))),
                        line("alike", alike));
        try (Stalled step = comparing(id, "compared > 0")) {
            start(id).then().statusCode(200);
            step.awaitStill();

            ImportsApi.get(id)
                    .then()
                    .body("state", equalTo("COMPARING"))
                    .body("comparison.customers", equalTo(1))
                    .body("comparison.compared", equalTo(0))
                    .body("comparison.since", notNullValue());
            assertThat(finding(customer("reached"), first)).containsEntry("rule", "SAME_EMAIL");
            duplicates(customer("alike")).then().body("items", empty());
            assertThat(uploadedParts(id)).isZero();
            step.release();
            ended(id);
        }

        ImportsApi.get(id)
                .then()
                .body("state", equalTo("COMPLETED"))
                .body("comparison.compared", equalTo(1));
        assertThat(expected).containsEntry("rule", "SIMILAR_PERSON");
        assertThat(finding(customer("alike"), there)).isEqualTo(expected);
        assertThat(written(id)).isZero();
    }

    @Test
    void only_whose_name_birthday_or_address_is_written_is_compared() {
        String file = line("one", person("Ada", family, day, "1 Street")) + line("two", "{}");
        run(plain("NDJSON", "UPSERT"), file).then().body("comparison.customers", equalTo(1));

        run(plain("NDJSON", "UPSERT"), file)
                .then()
                .body("rows.unchanged", equalTo(2))
                .body("comparison.customers", equalTo(0));
        run(plain("NDJSON", "UPSERT"), line("one", "{\"tags\": [\"vip\"]}"))
                .then()
                .body("rows.updated", equalTo(1))
                .body("comparison.customers", equalTo(0));
        run(plain("NDJSON", "UPSERT"), line("one", person("Ada", family, day, "2 Street")))
                .then()
                .body("comparison.customers", equalTo(1))
                .body("comparison.compared", equalTo(1));
        run(
                        "{\"format\": \"NDJSON\", \"mode\": \"UPSERT\", \"dryRun\": true}",
                        line("three", person("Ada", family, day, "1 Street")))
                .then()
                .body("state", equalTo("COMPLETED"))
                .body("rows.created", equalTo(1))
                .body("comparison.customers", equalTo(0));
    }

    /**
     * What is found and up to whom it has come are one transaction, which holds the import's row.
     */
    @Test
    void an_import_that_is_killed_while_it_compares_goes_on_where_it_was() throws Exception {
        int some = config.comparedPerTransaction();
        int many = 2 * some + 6;
        UUID id = uploaded(lines(many, this::twin));
        try (Stalled step = comparing(id, "compared > " + some)) {
            start(id).then().statusCode(200);
            step.awaitStill();
            ImportsApi.get(id)
                    .then()
                    .body("state", equalTo("COMPARING"))
                    .body("comparison.customers", equalTo(many))
                    .body("comparison.compared", equalTo(some));
            step.kill();
            step.release();
            ended(id);
        }

        ImportsApi.get(id)
                .then()
                .body("state", equalTo("COMPLETED"))
                .body("comparison.compared", equalTo(many));
        assertThat(pairs()).isEqualTo(many / 2);
        assertThat(written(id)).isZero();
    }

    /** The row of the import: of two who work on it each step has others. */
    @Test
    void two_replicas_compare_each_customer_once() throws Exception {
        int many = 120;
        UUID id = uploaded(lines(many, this::twin));
        start(id).then().statusCode(200);

        AtOnce.run(
                2,
                n -> {
                    while (work.advance(id, 25)) {
                        // The other one takes every second step, or so.
                    }
                    return n;
                });

        ended(id).then().body("comparison.compared", equalTo(many));
        assertThat(pairs()).isEqualTo(many / 2);
    }

    /**
     * The row of the import: who cancels it waits for the step, and the next one finds it ended.
     */
    @Test
    void an_import_that_is_cancelled_while_it_compares_keeps_its_rows_and_tells_how_far_it_came()
            throws Exception {
        int some = config.comparedPerTransaction();
        int many = 4 * some;
        UUID id = uploaded(lines(many, this::twin));
        try (Stalled step = comparing(id, "compared > " + some)) {
            start(id).then().statusCode(200);
            step.awaitStill();
            CompletableFuture<Response> cancelled = CompletableFuture.supplyAsync(() -> cancel(id));
            step.awaitAnother();
            step.release();
            cancelled.get().then().statusCode(200).body("state", equalTo("CANCELLED"));
        }

        await().atMost(LIMIT).until(() -> written(id) == 0);
        Response told = ImportsApi.get(id);
        assertThat(rows(told)).containsExactly(many, 0, 0, 0);
        told.then().body("state", equalTo("CANCELLED")).body("comparison.customers", equalTo(many));
        assertThat(told.<Integer>path("comparison.compared")).isBetween(some, many - 1);
        UUID last = customer("r" + (many - 1));
        duplicates(last).then().body("items", empty());
        patch(last, "*", "{\"givenName\": \"Adah\"}").then().statusCode(200);
        assertThat(finding(last, customer("r" + (many - 2))))
                .containsEntry("rule", "SIMILAR_PERSON");
    }

    /** The advisory lock of the day, and the primary key of the pair. */
    @Test
    void who_is_imported_and_who_is_written_singly_at_once_make_each_pair_once() throws Exception {
        int imported = 16;
        int each = 4;
        String same = person("Ada", family, day, "1 Street");
        UUID id = uploaded(lines(imported, n -> same));

        AtOnce.run(
                4,
                n -> {
                    if (n == 0) {
                        start(id).then().statusCode(200);
                    }
                    for (int i = 0; n > 0 && i < each; i++) {
                        put(source, newExternalId(), same).then().statusCode(201);
                    }
                    return n;
                });

        ended(id).then().body("state", equalTo("COMPLETED"));
        int all = imported + 3 * each;
        assertThat(pairs()).isEqualTo(all * (all - 1) / 2);
    }

    /** Each of them is compared as it is when its turn comes. */
    @Test
    void who_is_erased_merged_or_changed_before_its_turn_leaves_no_pair() throws Exception {
        int some = config.comparedPerTransaction();
        List<String> names = List.of("erased", "merged", "changed", "stays");
        List<UUID> twins =
                IntStream.range(0, names.size())
                        .mapToObj(n -> registered(person("Ada", family, day.plusDays(n), "1 Road")))
                        .toList();
        String others =
                lines(some, n -> person(newName(9), newName(9), day.minusDays(1), "1 Road"));
        String last =
                IntStream.range(0, names.size())
                        .mapToObj(
                                n ->
                                        line(
                                                names.get(n),
                                                person("Ada", family, day.plusDays(n), "1 Road")))
                        .collect(Collectors.joining());
        UUID id = uploaded(others + last);
        UUID survivor = registered(person("Grace", newName(9), day.minusDays(2), "2 Road"));
        try (Stalled step = comparing(id, "compared > 0")) {
            start(id).then().statusCode(200);
            step.awaitStill();
            long before = written(id);
            ErasureApi.erase(customer("erased")).then().statusCode(202);
            assertThat(written(id)).isEqualTo(before - 1);
            merge(survivor, customer("merged")).then().statusCode(200);
            patch(customer("changed"), "*", "{\"birthday\": \"1985-12-10\"}")
                    .then()
                    .statusCode(200);
            step.release();
            ended(id);
        }

        ImportsApi.get(id)
                .then()
                .body("state", equalTo("COMPLETED"))
                .body("comparison.customers", equalTo(some + names.size()))
                .body("comparison.compared", equalTo(some + names.size() - 1));
        for (UUID twin : twins.subList(0, 3)) {
            duplicates(twin).then().body("items", empty());
        }
        assertThat(finding(twins.get(3), customer("stays"))).containsEntry("score", 1f);
    }

    @Test
    void one_who_cannot_be_compared_holds_back_no_other() throws Exception {
        UUID refused = registered(person("Ada", family, day, "1 Street"));
        UUID there = registered(person("Ada", family, day.plusDays(1), "1 Street"));
        database.execute(
                """
                ALTER TABLE duplicate_pair ADD CONSTRAINT test_refuses
                CHECK (customer_a <> '%s') NOT VALID"""
                        .formatted(refused));
        try {
            Response told =
                    run(
                            plain("NDJSON", "UPSERT"),
                            line("bad", person("Ada", family, day, "1 Street"))
                                    + line(
                                            "good",
                                            person("Ada", family, day.plusDays(1), "1 Street")));

            told.then()
                    .body("state", equalTo("COMPLETED"))
                    .body("comparison.customers", equalTo(2))
                    .body("comparison.compared", equalTo(1));
            assertThat(finding(there, customer("good"))).containsEntry("rule", "SIMILAR_PERSON");
        } finally {
            database.execute("ALTER TABLE duplicate_pair DROP CONSTRAINT test_refuses");
        }
    }

    private static Stalled comparing(UUID id, String condition) throws SQLException {
        return Stalled.where(
                "customer_import", "NEW.id = '%s' AND NEW.%s".formatted(id, condition));
    }

    private UUID uploaded(String... lines) {
        UUID id = made(plain("NDJSON", "UPSERT"));
        ImportsApi.putAll(id, String.join("", lines).getBytes(StandardCharsets.UTF_8));
        return id;
    }

    private String lines(int many, IntFunction<String> profile) {
        return IntStream.range(0, many)
                .mapToObj(n -> line("r" + n, profile.apply(n)))
                .collect(Collectors.joining());
    }

    /** A profile as a row. */
    private String line(String externalId, String profile) {
        String rest = profile.substring(1).replace("\n", " ");
        return "{\"identity:%s\": \"%s\"%s%s\n"
                .formatted(source, externalId, rest.startsWith("}") ? "" : ", ", rest);
    }

    /** Every two of them are born on one day. */
    private String twin(int n) {
        return person("Ada", family, day.plusDays(n / 2), "1 Street");
    }

    private static String person(String given, String family, LocalDate birthday, String line) {
        return """
        {"givenName": "%s", "familyName": "%s", "birthday": "%s", "contactPoints": [
          {"kind": "ADDRESS", "address": {"lines": ["%s"], "city": "London", "country": "GB"}}]}\
        """
                .formatted(given, family, birthday, line);
    }

    private UUID customer(String externalId) {
        return UUID.fromString(getBy(agent(), source, externalId).path("id"));
    }

    private static Response duplicates(UUID customer) {
        return agent().get("/customers/{customer}/duplicates", customer);
    }

    /** By which rule, with which score and by which fields the two are a pair. */
    private static Map<String, Object> finding(UUID customer, UUID other) {
        Map<String, Object> found =
                duplicates(customer).path("items.find { it.customer == '%s' }".formatted(other));
        return Map.of(
                "rule", found.get("rule"),
                "score", found.get("score"),
                "matched", found.get("matched"));
    }

    /** Among the customers of the test's own source. */
    private long pairs() throws SQLException {
        return database.number(
                """
                SELECT count(*) FROM duplicate_pair p
                JOIN customer_identity a ON a.customer_id = p.customer_a AND a.source = ?
                JOIN customer_identity b ON b.customer_id = p.customer_b AND b.source = ?
                """,
                source,
                source);
    }

    private long written(UUID id) throws SQLException {
        return database.number(
                "SELECT count(*) FROM customer_import_written WHERE import_id = ?", id);
    }

    private long uploadedParts(UUID id) throws SQLException {
        return database.number("SELECT count(*) FROM customer_import_part WHERE import_id = ?", id);
    }
}

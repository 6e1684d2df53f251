package io.rapport.customer.importing;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.getBy;
import static io.rapport.customer.CustomersApi.put;
import static io.rapport.customer.attribute.AttributesApi.define;
import static io.rapport.customer.attribute.AttributesApi.terms;
import static io.rapport.customer.importing.ImportsApi.cancel;
import static io.rapport.customer.importing.ImportsApi.ended;
import static io.rapport.customer.importing.ImportsApi.made;
import static io.rapport.customer.importing.ImportsApi.plain;
import static io.rapport.customer.importing.ImportsApi.problems;
import static io.rapport.customer.importing.ImportsApi.rows;
import static io.rapport.customer.importing.ImportsApi.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.customer.Stalled;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the rows of a step meet that were read while those before them were written. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ImportAheadTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int ROWS = 1_200;

    @Inject ImportAhead ahead;
    @Inject ImportConfig config;

    @Test
    void a_customer_who_is_made_meanwhile_is_updated_and_not_made_again() throws Exception {
        UUID id = uploaded(file("meanwhile", Map.of()));
        try (Stalled step = stalledInItsFirstStep(id)) {
            put("meanwhile", "r600", "{\"familyName\": \"Writer\"}").then().statusCode(201);
            step.release();

            assertThat(rows(ended(id))).containsExactly(ROWS - 1, 1, 0, 0);
        }
        getBy(agent(), "meanwhile", "r600")
                .then()
                .header("ETag", equalTo("\"2\""))
                .body("familyName", equalTo("Writer"))
                .body("givenName", equalTo("Row 600"));
    }

    @Test
    void an_attribute_that_is_defined_meanwhile_counts_for_the_rows_behind() throws Exception {
        String attribute = "a" + UUID.randomUUID().toString().replace("-", "");
        String file =
                file("defined", Map.of(700, "r700,,,7"))
                        .replaceFirst("birthday", "attribute:" + attribute);
        UUID id = uploaded(file);
        try (Stalled step = stalledInItsFirstStep(id)) {
            define(attribute, terms("INTEGER", ""));
            step.release();

            assertThat(rows(ended(id))).containsExactly(ROWS, 0, 0, 0);
        }
        getBy(agent(), "defined", "r700").then().body("attributes." + attribute, equalTo(7));
    }

    @Test
    void rows_that_are_wrong_are_refused_in_the_order_of_the_file() {
        Map<Integer, String> wrong =
                Map.of(
                        3, "r3,Ada",
                        499, "r499,Ada,nobody,",
                        500, "r500,Ada,,2199-01-01",
                        501, "r501,Ada",
                        640, "r640,\"Ada,,",
                        641, "r641," + "x".repeat(101) + ",,",
                        642, ",Ada,,",
                        1_100, "r1100,Ada,," + "x".repeat(config.maxRowBytes()));

        Response told = ended(started(uploaded(file("wrong", wrong))));

        assertThat(rows(told)).containsExactly(ROWS - 8, 0, 0, 8);
        assertThat(problems(told).stream().map(line -> line.replaceAll("\"detail\":.*", "")))
                .containsExactly(
                        "{\"row\":5,\"code\":\"wrong-number-of-cells\",",
                        "{\"row\":501,\"code\":\"invalid-fields\",",
                        "{\"row\":502,\"code\":\"invalid-fields\",",
                        "{\"row\":503,\"code\":\"wrong-number-of-cells\",",
                        "{\"row\":642,\"code\":\"unclosed-quote\",",
                        "{\"row\":643,\"code\":\"invalid-fields\",",
                        "{\"row\":644,\"code\":\"identity-missing\",",
                        "{\"row\":1102,\"code\":\"row-too-long\",");
    }

    @Test
    void rows_that_nobody_takes_in_time_are_read_again() throws Exception {
        UUID id = uploaded(file("late", Map.of()));
        try (Stalled step = stalledInItsFirstStep(id)) {
            ahead.forgetUnclaimed();
            ahead.forgetUnclaimed();
            step.release();

            assertThat(rows(ended(id))).containsExactly(ROWS, 0, 0, 0);
        }
    }

    /** The session of the step: what was read behind it belongs to no place any more. */
    @Test
    void rows_behind_a_step_that_was_taken_back_are_taken_in_once() throws Exception {
        UUID id = uploaded(file("back", Map.of()));
        try (Stalled step = stalledInItsFirstStep(id)) {
            step.kill();
            step.release();

            assertThat(rows(ended(id))).containsExactly(ROWS, 0, 0, 0);
        }
        getBy(agent(), "back", "r600").then().header("ETag", equalTo("\"1\""));
    }

    @Test
    void imports_side_by_side_do_not_take_each_others_rows() throws Exception {
        List<UUID> ids =
                IntStream.range(0, 3)
                        .mapToObj(n -> uploaded(file("beside" + n, Map.of(800, "r800,"))))
                        .toList();
        ids.forEach(ImportAheadTest::started);

        for (UUID id : ids) {
            Response told = ended(id);
            assertThat(rows(told)).containsExactly(ROWS - 1, 0, 0, 1);
            assertThat(problems(told)).singleElement().asString().contains("\"row\":802,");
        }
    }

    /** The row of the import: who cancels it is the next to hold it. */
    @Test
    void what_was_read_ahead_of_an_import_that_is_cancelled_is_never_taken_in() throws Exception {
        UUID id = uploaded(file("cancelled", Map.of()));
        CompletableFuture<Response> cancelled;
        try (Stalled step = stalledInItsFirstStep(id)) {
            cancelled = CompletableFuture.supplyAsync(() -> cancel(id));
            step.awaitAnother();
            step.release();
            cancelled.get().then().statusCode(200).body("state", equalTo("CANCELLED"));
        }

        assertThat(rows(ended(id)).getFirst()).isBetween(1, config.rowsPerTransaction());
        getBy(agent(), "cancelled", "r600").then().statusCode(404);
        await().atMost(LIMIT).until(() -> !ahead.holds(id));
        await().atMost(LIMIT).until(ImportAheadTest::nobodyReads);
    }

    private static boolean nobodyReads() {
        return Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("import-ahead"));
    }

    /** Rows have the numbers of their lines: the header has the first. */
    private static String file(String source, Map<Integer, String> others) {
        return IntStream.range(0, ROWS)
                .mapToObj(row -> others.getOrDefault(row, "r%d,Row %d,,".formatted(row, row)))
                .collect(
                        Collectors.joining(
                                "\n", "identity:" + source + ",givenName,email,birthday\n", "\n"));
    }

    private static UUID uploaded(String file) {
        UUID id = made(plain("CSV", "UPSERT"));
        ImportsApi.putAll(id, file.getBytes(StandardCharsets.UTF_8));
        return id;
    }

    private static UUID started(UUID id) {
        start(id).then().statusCode(200);
        return id;
    }

    /** Its rows are not there yet, and those behind them are being read. */
    private static Stalled stalledInItsFirstStep(UUID id) throws SQLException {
        Stalled step =
                Stalled.where(
                        "customer_import", "NEW.id = '%s' AND NEW.rows_read > 0".formatted(id));
        started(id);
        step.awaitStill();
        return step;
    }
}

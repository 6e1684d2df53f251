package io.rapport.customer.exporting;

import static io.rapport.customer.CustomersApi.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.customer.Stalled;
import io.rapport.customer.importing.ImportsApi;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What meets an export at work, which stands still in its second step. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ExportRaceTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Inject ExportConfig config;

    private final Databases database = Databases.asOwner();

    /** Part and position are one transaction: what a kill takes back is done again. */
    @Test
    void an_export_whose_worker_is_killed_is_taken_up_where_it_was() throws Exception {
        String source = source();
        int many = imported(source);
        UUID id;
        try (Stalled step = secondStep(source)) {
            id = made(source);
            step.awaitStill();
            told(id).then()
                    .body("state", equalTo("RUNNING"))
                    .body("customers", equalTo(config.customersPerTransaction()));
            step.kill();
            step.release();
            await().atMost(LIMIT).until(() -> !"RUNNING".equals(told(id).path("state")));
        }

        told(id).then().body("state", equalTo("COMPLETED")).body("customers", equalTo(many));
        List<String> lines = content(id).asString().lines().toList();
        assertThat(lines).hasSize(many + 1).doesNotHaveDuplicates();
        assertThat(parts(id)).isEqualTo(3);
        cancel(id).then().statusCode(200);
    }

    /**
     * The row of the export: who cancels it waits for the step, and the next one finds it ended.
     */
    @Test
    void an_export_that_is_cancelled_while_it_runs_writes_no_more() throws Exception {
        String source = source();
        int many = imported(source);
        UUID id;
        try (Stalled step = secondStep(source)) {
            id = made(source);
            step.awaitStill();
            CompletableFuture<Response> cancelled = CompletableFuture.supplyAsync(() -> cancel(id));
            step.awaitAnother();
            step.release();
            cancelled.get().then().statusCode(200).body("state", equalTo("CANCELLED"));
        }

        await().atMost(LIMIT).until(() -> parts(id) == 0);
        told(id).then().body("state", equalTo("CANCELLED"));
        assertThat(told(id).<Integer>path("customers"))
                .isBetween(config.customersPerTransaction(), many - 1);
        content(id).then().statusCode(409).body("code", equalTo("export-has-no-file"));
    }

    private static Stalled secondStep(String source) throws SQLException {
        return Stalled.where(
                "customer_export", "NEW.source = '%s' AND NEW.parts = 2".formatted(source));
    }

    /** Customers of three steps. */
    private int imported(String source) {
        int many = 2 * config.customersPerTransaction() + 3;
        StringBuilder rows = new StringBuilder("identity:" + source + "\n");
        for (int i = 0; i < many; i++) {
            rows.append("r").append(i).append('\n');
        }
        assertThat(ImportsApi.rows(ImportsApi.imported("CSV", rows.toString())))
                .containsExactly(many, 0, 0, 0);
        return many;
    }

    private static UUID made(String source) {
        Response made =
                manager()
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .contentType(ContentType.JSON)
                        .body("{\"format\": \"CSV\", \"source\": \"%s\"}".formatted(source))
                        .post("/customer-exports");
        made.then().statusCode(201);
        return UUID.fromString(made.path("id"));
    }

    private static Response told(UUID id) {
        return manager().get("/customer-exports/{export}", id);
    }

    private static Response cancel(UUID id) {
        return manager().post("/customer-exports/{export}/cancel", id);
    }

    private static Response content(UUID id) {
        return manager().get("/customer-exports/{export}/content", id);
    }

    private long parts(UUID id) throws SQLException {
        return database.number("SELECT count(*) FROM customer_export_part WHERE export_id = ?", id);
    }

    private static RequestSpecification manager() {
        return as(Tokens.manager());
    }

    private static String source() {
        return "s" + UUID.randomUUID().toString().substring(0, 13);
    }
}

package io.rapport.customer.access;

import static io.rapport.customer.CustomersApi.as;
import static io.rapport.customer.CustomersApi.patch;
import static io.rapport.customer.CustomersApi.registered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.customer.erasure.ErasureApi;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Nobody takes a document for whole that is not, whatever the database does meanwhile. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class BrokenDocumentTest {

    @TestHTTPResource("/")
    URI service;

    @Test
    void a_whole_one_says_so_at_its_end() {
        UUID customer = registered("{}");
        Response document = as(Tokens.manager()).get("/customers/{customer}/export", customer);
        document.then().statusCode(200).body("complete", equalTo(true));
        assertThat(document.asString()).endsWith("\"complete\":true}");
    }

    @Test
    void one_that_fails_when_its_beginning_was_sent_breaks_off() throws Exception {
        UUID customer = registered("{}");
        // More than is kept back before the first byte is sent.
        for (int i = 0; i < 100; i++) {
            patch(customer, "*", "{\"occupation\": \"%s %d\"}".formatted("x".repeat(90), i))
                    .then()
                    .statusCode(200);
        }
        HttpRequest export =
                HttpRequest.newBuilder(service.resolve("/customers/%s/export".formatted(customer)))
                        .header("Authorization", "Bearer " + Tokens.manager())
                        .build();
        try (HttpClient client = HttpClient.newHttpClient();
                Connection blocker = locked("legal_hold")) {
            assertThatThrownBy(() -> client.send(export, HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
            blocker.rollback();
            assertThat(client.send(export, HttpResponse.BodyHandlers.ofString()).body())
                    .endsWith("\"complete\":true}");
        }
    }

    @Test
    void one_that_fails_before_is_a_problem() throws Exception {
        UUID customer = registered("{}");
        try (Connection blocker = locked("legal_hold")) {
            as(Tokens.manager())
                    .get("/customers/{customer}/export", customer)
                    .then()
                    .statusCode(503)
                    .contentType("application/problem+json");
            blocker.rollback();
        }
    }

    /** What was read before the erasure is not all there was, and what comes after is nothing. */
    @Test
    void one_whose_customer_is_erased_meanwhile_is_not_whole() throws Exception {
        ErasureApi.erase(registered("{}")).then().statusCode(202);
        UUID customer = registered("{\"givenName\": \"Ada\"}");
        // Which an erasure leaves as it is.
        try (Connection blocker = locked("consent_record");
                ExecutorService reader = Executors.newSingleThreadExecutor()) {
            Future<Response> read =
                    reader.submit(
                            () ->
                                    as(Tokens.manager())
                                            .get("/customers/{customer}/export", customer));
            await().pollInterval(Duration.ofMillis(20))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> isAwaited("consent_record"));
            ErasureApi.erase(customer).then().statusCode(202);
            blocker.rollback();

            read.get().then().statusCode(410).body("code", equalTo("customer-erased"));
        }
    }

    private static boolean isAwaited(String table) throws SQLException {
        return Databases.asOwner()
                        .number(
                                "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = CAST(? AS regclass)",
                                table)
                > 0;
    }

    /** A part of a document waits for this, until its time is up. */
    private static Connection locked(String table) throws Exception {
        Connection connection = Databases.asOwner().connect();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE %s IN ACCESS EXCLUSIVE MODE".formatted(table));
        }
        return connection;
    }
}

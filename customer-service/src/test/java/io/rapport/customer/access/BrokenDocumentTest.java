package io.rapport.customer.access;

import static io.rapport.customer.CustomersApi.as;
import static io.rapport.customer.CustomersApi.patch;
import static io.rapport.customer.CustomersApi.registered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
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
import java.sql.Statement;
import java.util.UUID;
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
                Connection blocker = locked()) {
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
        try (Connection blocker = locked()) {
            as(Tokens.manager())
                    .get("/customers/{customer}/export", customer)
                    .then()
                    .statusCode(503)
                    .contentType("application/problem+json");
            blocker.rollback();
        }
    }

    /** What comes last in a document waits for this, until its time is up. */
    private static Connection locked() throws Exception {
        Connection connection = Databases.asOwner().connect();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE legal_hold IN ACCESS EXCLUSIVE MODE");
        }
        return connection;
    }
}

package io.rapport.platform.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.LogLines;
import io.rapport.platform.testing.Suite;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** A database in trouble is told as trouble that passes, and it passes by itself. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class DatabaseTroubleTest {

    private static final String CHECK = "Database connections health check";

    @Inject DataSource dataSource;

    @TestHTTPResource(value = "/health/ready", management = true)
    URI readiness;

    @Test
    void an_exhausted_pool_is_told_and_recovers() throws SQLException {
        Deque<Connection> taken = new ArrayDeque<>();
        try (LogLines said = LogLines.of(Problems.class)) {
            takeAll(taken);
            ProblemsOverHttpTest.problem(read(), 503, "database-unavailable")
                    .header("Retry-After", "1");
            assertThat(said.lines()).contains("Refused by the database: SQLSTATE null");
            given().get(readiness)
                    .then()
                    .statusCode(503)
                    .body("checks.find { it.status == 'DOWN' }.name", equalTo(CHECK));
        } finally {
            for (Connection connection : taken) {
                connection.close();
            }
        }

        await().atMost(Duration.ofSeconds(5)).until(() -> read().statusCode() == 200);
        given().get(readiness).then().statusCode(200);
    }

    @Test
    void connections_that_the_database_ended_are_replaced() throws SQLException {
        for (int i = 0; i < 5; i++) {
            Databases.asApplication()
                    .execute(
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = ? AND pid <> pg_backend_pid()",
                            Suite.current().application());
            Response response = read();
            if (response.statusCode() != 200) {
                ProblemsOverHttpTest.problem(response, 503, "database-unavailable");
            }
        }

        await().atMost(Duration.ofSeconds(10)).until(() -> read().statusCode() == 200);
    }

    private void takeAll(Deque<Connection> taken) {
        assertThat(taken).isEmpty();
        while (true) {
            try {
                taken.add(dataSource.getConnection());
            } catch (SQLException exhausted) {
                return;
            }
        }
    }

    private static Response read() {
        return given().auth().oauth2(Tokens.agent()).get("/trials/failures/none");
    }
}

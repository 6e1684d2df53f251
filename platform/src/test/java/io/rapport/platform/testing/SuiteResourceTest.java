package io.rapport.platform.testing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.Ids;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Topics.Message;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A service starts in a suite of its own, and the tools of the tests reach the same database,
 * topics and keys.
 */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class SuiteResourceTest {

    @Path("/test-caller")
    @RunOnVirtualThread
    public static class CallerResource {
        @GET
        @RolesAllowed("agent")
        public String name(@Context SecurityContext security) {
            return security.getUserPrincipal().getName();
        }
    }

    @Inject DataSource dataSource;
    @Inject Clock clock;
    @Inject ShiftableClock shiftable;

    @AfterEach
    void resetTheClock() {
        shiftable.reset();
    }

    @Test
    void the_service_may_write_and_not_change_tables() throws Exception {
        Databases.asOwner().execute("CREATE TABLE suite_test (word text)");

        Databases.asApplication().execute("INSERT INTO suite_test VALUES (?)", "word");

        assertThat(Databases.asOwner().number("SELECT count(*) FROM suite_test")).isOne();
        assertThatThrownBy(() -> Databases.asApplication().execute("DROP TABLE suite_test"))
                .hasMessageContaining("must be owner");
        try (var connection = dataSource.getConnection()) {
            assertThat(connection.getMetaData().getUserName())
                    .isEqualTo(Suite.current().application());
        }
    }

    @Test
    void an_event_is_read_back_as_it_was_written() {
        UUID customer = Ids.next();
        try (Events events = Events.ofSuite();
                Topics topics = Topics.ofSuite()) {
            UUID id = events.sendSample(Topic.LOYALTY, customer, 1, "loyalty.points-earned.v1");

            List<Message> found = topics.readAll(Topic.LOYALTY, customer);
            assertThat(found).hasSize(1);
            assertThat(found.getFirst().header("ce_id")).isEqualTo(id.toString());
            assertThat(found.getFirst().header("ce_source")).isEqualTo("/rapport/loyalty-service");
            Samples.assertSameShape(
                    "loyalty.points-earned.v1", String.valueOf(found.getFirst().value()));
        }
    }

    @Test
    void the_clock_of_the_service_can_be_shifted() {
        Instant before = clock.instant();

        shiftable.shift(Duration.ofDays(400));

        assertThat(Duration.between(before, clock.instant())).isGreaterThan(Duration.ofDays(399));
    }

    @Test
    void a_token_of_the_right_role_is_accepted() {
        String name =
                given().auth()
                        .oauth2(Tokens.agent())
                        .get("/test-caller")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString();

        assertThat(name).isEqualTo("agent-7");
    }

    @Test
    void a_token_without_the_role_is_forbidden() {
        String customer = Tokens.customer("c-1");

        given().auth().oauth2(customer).get("/test-caller").then().statusCode(403);
    }

    static Stream<Map.Entry<String, String>> refused() {
        Tokens.Builder agent = Tokens.builder().roles("agent");
        return Map.of(
                "unsigned", agent.unsigned(),
                "signed by a stranger", agent.signByStranger(),
                "signed with the public key as secret", agent.signWithPublicKeyAsSecret(),
                "of another audience", Tokens.builder().roles("agent").audience("shop").sign(),
                "of another issuer", Tokens.builder().roles("agent").issuer("https://x").sign(),
                "expired", Tokens.builder().roles("agent").expired().sign())
                .entrySet()
                .stream();
    }

    @ParameterizedTest
    @MethodSource("refused")
    void a_token_that_is_not_ours_is_refused(Map.Entry<String, String> token) {
        given().auth().oauth2(token.getValue()).get("/test-caller").then().statusCode(401);
    }
}

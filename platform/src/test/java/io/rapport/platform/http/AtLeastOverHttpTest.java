package io.rapport.platform.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.Ids;
import io.rapport.platform.Refusal;
import io.rapport.platform.event.ConsumerProgress;
import io.rapport.platform.event.VersionWatch;
import io.rapport.platform.event.Versions;
import io.rapport.platform.event.Versions.Entry;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A read that names a version is no older than that, or says that it cannot be. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class AtLeastOverHttpTest {

    private static final String SERVICE = "customer-service";

    @Inject DataSource dataSource;
    @Inject Versions versions;
    @Inject ConsumerProgress progress;
    @Inject VersionWatch watch;

    private final UUID customer = Ids.next();

    @Test
    void a_read_tells_what_it_has_seen() {
        read(null)
                .then()
                .statusCode(200)
                .header("Rapport-Version", SERVICE + "/" + customer + "/7");
    }

    @Test
    void what_has_been_seen_is_answered_at_once() throws SQLException {
        reach(3);

        read(token(3)).then().statusCode(200);
        read(token(1) + "," + token(2)).then().statusCode(200);
    }

    @Test
    void what_has_not_been_seen_is_waited_for_and_then_answered() throws Exception {
        CompletableFuture<Response> answer = CompletableFuture.supplyAsync(() -> read(token(2)));
        TimeUnit.MILLISECONDS.sleep(300);
        assertThat(answer).isNotDone();

        reach(2);

        assertThat(answer.get(1, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }

    @Test
    void what_is_not_seen_in_time_is_told_so() {
        long begun = System.nanoTime();

        ProblemsOverHttpTest.problem(read(token(1)), 503, "not-yet-seen")
                .header("Retry-After", "1")
                .header("Rapport-Version", nullValue());

        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun))
                .isBetween(1_900L, 10_000L);
    }

    @Test
    void many_who_wait_hold_no_connection() throws Exception {
        List<Future<Response>> waiting = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(40)) {
            for (int i = 0; i < 40; i++) {
                waiting.add(threads.submit(() -> read(token(1))));
            }
            TimeUnit.MILLISECONDS.sleep(500);
            for (int i = 0; i < 20; i++) {
                dataSource.getConnection().close();
            }
            reach(1);
            for (Future<Response> one : waiting) {
                assertThat(one.get().statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void one_more_than_may_wait_is_told_at_once() throws Exception {
        VersionFilters full =
                new VersionFilters(versions, progress, watch, Duration.ofMinutes(1), 0);

        assertThatThrownBy(() -> full.awaitAtLeast(asking(token(1))))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.code()).isEqualTo("not-yet-seen"));

        reach(1);
        full.awaitAtLeast(asking(token(1)));
    }

    private static ContainerRequestContext asking(String atLeast) {
        return (ContainerRequestContext)
                Proxy.newProxyInstance(
                        ContainerRequestContext.class.getClassLoader(),
                        new Class<?>[] {ContainerRequestContext.class},
                        (proxy, called, arguments) -> atLeast);
    }

    @Test
    void what_is_no_token_is_refused() {
        for (String token :
                List.of("7", SERVICE, SERVICE + "/" + customer + "/0", token(1) + ",,")) {
            ProblemsOverHttpTest.problem(read(token), 400, "invalid-version-token");
        }
    }

    @Test
    void who_may_not_read_may_not_wait() {
        given().get("/trials/" + customer).then().statusCode(401);
        long begun = System.nanoTime();

        given().header("Rapport-At-Least", token(1))
                .get("/trials/" + customer)
                .then()
                .statusCode(401);

        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun)).isLessThan(1_500);
    }

    private String token(long sequence) {
        return VersionTokens.render(new Entry(SERVICE, customer, sequence));
    }

    private void reach(long sequence) throws SQLException {
        Databases.asOwner()
                .execute("INSERT INTO customer_sequence VALUES (?, ?)", customer, sequence);
    }

    private Response read(@Nullable String atLeast) {
        var request = given().auth().oauth2(Tokens.agent());
        if (atLeast != null) {
            request.header("Rapport-At-Least", atLeast);
        }
        return request.get("/trials/" + customer);
    }
}

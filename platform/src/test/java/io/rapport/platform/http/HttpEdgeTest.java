package io.rapport.platform.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands before REST: sizes, speed, origins. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class HttpEdgeTest {

    /** Fails before any resource has the request. */
    @Singleton
    static final class FailingRoute {
        void routes(@Observes Router router) {
            router.get("/trial-edge/:state")
                    .handler(
                            context ->
                                    context.fail(
                                            new SQLException(
                                                    "secret", context.pathParam("state"))));
        }
    }

    private static final byte[] TEN_MIB = new byte[10 << 20];
    private static final String ORIGIN = "https://app.rapport.example";

    @TestHTTPResource("/trials")
    URI trials;

    @ConfigProperty(name = "quarkus.datasource.jdbc.max-size")
    int mostConnections;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void a_body_that_says_it_is_too_large_is_refused_and_the_client_sees_why() throws Exception {
        for (int i = 0; i < 5; i++) {
            tooLarge(
                    client.send(
                            post(BodyPublishers.ofByteArray(TEN_MIB)), BodyHandlers.ofString()));
        }
    }

    @Test
    void a_body_that_turns_out_too_large_is_refused() throws Exception {
        HttpRequest chunked =
                post(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(spaces())));

        tooLarge(client.send(chunked, BodyHandlers.ofString()));
    }

    @Test
    void slow_clients_are_cut_and_keep_nobody_from_the_database() throws Exception {
        List<String> openings =
                List.of(
                        "GET /trials HTTP/1.1\r\nHost: localhost\r\nX-Dripping: ",
                        head("POST /trials", "Content-Length: 1000\r\n"),
                        head("GET /trials/failures/large", ""));
        List<Future<Boolean>> clients = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            // One more of each than there are connections to the database.
            for (int i = 0; i <= mostConnections; i++) {
                openings.forEach(opening -> clients.add(executor.submit(() -> isCut(opening))));
            }
            while (!clients.stream().allMatch(Future::isDone)) {
                given().auth()
                        .oauth2(Tokens.agent())
                        .get("/trials/failures/none")
                        .then()
                        .statusCode(200);
            }
        }
        assertThat(clients).allMatch(Future::resultNow);
    }

    /** Sends on byte by byte, and reads nothing. */
    private boolean isCut(String opening) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4096);
            socket.connect(new InetSocketAddress(trials.getHost(), trials.getPort()));
            OutputStream out = socket.getOutputStream();
            out.write(opening.getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 300; i++) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
                try {
                    out.write('x');
                } catch (IOException e) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * What the decoder, Quarkus or the protocol refuses; no line says what refused it. A problem
     * document has what gets as far as to code of ours.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense                                                      | 400 | false",
                "GET /trials HTTP/1.1~X-Odd: a\u0000b                         | 400 | false",
                "POST /trials HTTP/1.1~Content-Length: -1                      | 400 | false",
                "POST /trials HTTP/1.1~Content-Length: many                    | 400 | false",
                "POST /trials HTTP/1.1~Content-Length: 2~Content-Length: 3     | 400 | false",
                "GET /trials HTTP/1.0                                          | 401 | true",
                "BREW /trials HTTP/1.1                                         | 405 | true",
                "BREW /nothing-here HTTP/1.1                                   | 404 | true",
                "TRACE /trials HTTP/1.1                                        | 405 | true",
                "GET /trials/%zz HTTP/1.1                                      | 400 | true",
                "GET /trials?after=%z HTTP/1.1                                 | 400 | true",
                "GET /trials/{id} HTTP/1.1                                     | 400 | true",
                "GET http://[::1/trials HTTP/1.1                               | 400 | true",
                "POST /%zz HTTP/1.1~Content-Length: 0                          | 400 | true",
            })
    void what_is_no_request_of_ours_is_refused_and_tells_nothing(
            String head, int status, boolean seen) throws IOException {
        String answer = answer(head.replace("~", "\r\n") + "\r\n", "");

        assertThat(answer).matches("(?s)HTTP/1.[01] " + status + " .*");
        if (seen) {
            assertThat(answer).contains("application/problem+json");
        } else {
            assertThat(answer).as("bare").endsWith("\r\n\r\n");
        }
        assertThat(answer).doesNotContain("Exception", "java.", "netty", "vertx", "rapport.");
    }

    @Test
    void a_body_whose_chunks_make_no_sense_is_cut_off() throws IOException {
        assertThat(answer("POST /trials HTTP/1.1\r\nTransfer-Encoding: chunked\r\n", "zz\r\n{}"))
                .isEmpty();
    }

    /** All that comes back until the connection ends. */
    private String answer(String head, String body) throws IOException {
        try (Socket socket = connect()) {
            socket.setSoTimeout(20_000);
            String request = head + "Host: localhost\r\nConnection: close\r\n\r\n" + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void an_address_and_headers_that_are_too_long_are_told_as_such() {
        ProblemsOverHttpTest.problem(
                given().get("/trials?a=" + "x".repeat(5_000)), 414, "address-too-long");
        ProblemsOverHttpTest.problem(
                given().header("X-Large", "x".repeat(20_000)).get("/trials"),
                431,
                "headers-too-large");
    }

    @Test
    void what_fails_before_rest_and_passes_says_when_to_come_back() {
        ProblemsOverHttpTest.problem(given().get("/trial-edge/57P01"), 503, "database-unavailable")
                .header("Retry-After", "1");
        ProblemsOverHttpTest.problem(given().get("/trial-edge/42601"), 500, "internal-error")
                .header("Retry-After", nullValue());
    }

    @Test
    void far_longer_ones_are_refused_by_the_decoder_without_a_word() {
        given().get("/trials?a=" + "x".repeat(20_000)).then().statusCode(414).body(emptyString());
        given().header("X-Large", "x".repeat(100_000))
                .get("/trials")
                .then()
                .statusCode(431)
                .body(emptyString());
    }

    @Test
    void a_listed_origin_may_call_and_read_what_it_needs() {
        given().header("Origin", ORIGIN)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,idempotency-key")
                .options("/trials")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", ORIGIN)
                .header("Access-Control-Allow-Methods", containsString("POST"));
        given().auth()
                .oauth2(Tokens.agent())
                .header("Origin", ORIGIN)
                .get("/trials")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", ORIGIN)
                .header("Access-Control-Expose-Headers", containsString("Rapport-Version"))
                .header("Access-Control-Expose-Headers", containsString("Idempotency-Replayed"));
    }

    @Test
    void the_preflight_of_any_other_origin_is_refused() {
        given().header("Origin", "https://evil.example")
                .header("Access-Control-Request-Method", "POST")
                .options("/trials")
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .header("Access-Control-Allow-Origin", nullValue());
    }

    private HttpRequest post(HttpRequest.BodyPublisher body) {
        return HttpRequest.newBuilder(trials)
                .header("Authorization", "Bearer " + Tokens.agent())
                .header("Content-Type", "application/json")
                .POST(body)
                .build();
    }

    private Socket connect() throws IOException {
        return new Socket(trials.getHost(), trials.getPort());
    }

    private static String head(String line, String headers) {
        return line
                + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer "
                + Tokens.agent()
                + "\r\n"
                + headers
                + "\r\n";
    }

    private static byte[] spaces() {
        return " ".repeat(TEN_MIB.length).getBytes(StandardCharsets.US_ASCII);
    }

    private static void tooLarge(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        assertThat(response.body()).contains("\"code\":\"body-too-large\"");
    }
}

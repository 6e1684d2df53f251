package io.rapport.platform.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What stands before REST: sizes, speed, origins. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class HttpEdgeTest {

    private static final byte[] TEN_MIB = new byte[10 << 20];
    private static final String ORIGIN = "https://app.rapport.example";

    @TestHTTPResource("/trials")
    URI trials;

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
    void a_body_that_drips_is_cut_off() throws Exception {
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(head("Content-Length: 1000\r\n"));
            out.flush();
            long begun = System.nanoTime();
            boolean cut = false;
            while (!cut && TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun) < 15) {
                try {
                    TimeUnit.MILLISECONDS.sleep(200);
                    out.write(' ');
                    out.flush();
                } catch (IOException e) {
                    cut = true;
                }
            }

            assertThat(cut).isTrue();
        }
        given().auth().oauth2(Tokens.agent()).get("/trials").then().statusCode(200);
    }

    @Test
    void an_address_that_cannot_be_decoded_is_refused_by_the_decoder() throws Exception {
        try (Socket socket = connect()) {
            String request =
                    "GET /trials/%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void headers_that_are_too_large_are_refused_by_the_decoder() {
        given().header("X-Large", "x".repeat(20_000)).get("/trials").then().statusCode(431);
        given().get("/trials?a=" + "x".repeat(5_000)).then().statusCode(414);
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

    private static byte[] head(String headers) {
        String text =
                "POST /trials HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer "
                        + Tokens.agent()
                        + "\r\n"
                        + headers
                        + "\r\n";
        return text.getBytes(StandardCharsets.US_ASCII);
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

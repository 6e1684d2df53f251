package io.rapport.system;

import static io.rapport.system.Calls.json;
import static io.rapport.system.Calls.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rapport.local.demo.Demo;
import io.rapport.local.demo.DemoResult;
import io.rapport.local.demo.LoadOptions;
import io.rapport.local.stack.ServiceName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the four packaged services do together, also while they are killed. */
class SystemIT {
    @RegisterExtension static final SharedStack SHARED = new SharedStack();

    @Test
    void the_bundled_extract_ends_with_no_difference_and_loading_it_again_changes_nothing() {
        DemoResult first = load("online-retail", settled -> {});
        assertThat(first.differences()).isEmpty();
        assertThat(first.customers()).isEqualTo(370);
        assertThat(first.known()).isZero();
        assertThat(first.leftOut()).isEmpty();
        assertThat(first.propagation().count()).isPositive();

        DemoResult second = load("online-retail", settled -> {});
        assertThat(second.differences()).isEmpty();
        assertThat(second.recorded()).isZero();
        assertThat(second.known()).isEqualTo(first.recorded());
        assertThat(second.points()).isEqualTo(first.points());
    }

    @Test
    void each_service_killed_in_mid_load_loses_nothing_and_counts_nothing_twice() {
        Queue<ServiceName> victims = new ConcurrentLinkedQueue<>(List.of(ServiceName.values()));
        // A load answers from several threads; the next is killed when 350 more have settled.
        AtomicLong next = new AtomicLong(350);
        DemoResult result =
                load(
                        "killed",
                        settled -> {
                            long due = next.get();
                            if (settled >= due && next.compareAndSet(due, due + 350)) {
                                Optional.ofNullable(victims.poll())
                                        .ifPresent(victim -> SHARED.stack().service(victim).kill());
                            }
                        });
        assertThat(victims).isEmpty();
        for (ServiceName victim : ServiceName.values()) {
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> SHARED.told().contains(victim.label() + " is back."));
            assertThat(SHARED.told())
                    .anyMatch(line -> line.startsWith(victim.label() + " died (killed)"));
        }
        assertThat(result.differences()).isEmpty();
        assertThat(result.leftOut()).isEmpty();
        assertThat(result.recorded() + result.known()).isEqualTo(1_868);
    }

    @Test
    void an_identity_is_known_everywhere_to_who_shows_the_token_of_its_upsert() throws Exception {
        for (int customer = 1; customer <= 20; customer++) {
            HttpResponse<String> registered =
                    send(
                            ServiceName.CUSTOMER,
                            "PUT",
                            "/customers/by/token/" + customer,
                            null,
                            "{\"kind\":\"PERSON\"}");
            for (String list : List.of("/interactions?customer=", "/feedback?customer=")) {
                HttpResponse<String> page =
                        send(
                                list.startsWith("/i")
                                        ? ServiceName.INTERACTION
                                        : ServiceName.FEEDBACK,
                                "GET",
                                list + "token:" + customer,
                                version(registered),
                                null);
                assertThat(json(page).path("items").isEmpty()).isTrue();
            }
        }
    }

    @Test
    void what_was_written_is_read_across_three_services() throws Exception {
        send(ServiceName.CUSTOMER, "PUT", "/customers/by/chain/1", null, "{\"kind\":\"PERSON\"}");
        for (int purchase = 1; purchase <= 20; purchase++) {
            HttpResponse<String> recorded =
                    send(
                            ServiceName.INTERACTION,
                            "POST",
                            "/interactions",
                            null,
                            purchase(purchase));
            assertThat(recorded.statusCode()).as(recorded.body()).isEqualTo(201);

            HttpResponse<String> account =
                    send(
                            ServiceName.LOYALTY,
                            "GET",
                            "/loyalty/accounts/chain:1",
                            version(recorded),
                            null);
            assertThat(json(account).path("balance").asLong()).isEqualTo(12L * purchase);

            HttpResponse<String> context =
                    send(
                            ServiceName.CUSTOMER,
                            "GET",
                            "/customers/chain:1/context",
                            version(account),
                            null);
            assertThat(json(context).at("/loyalty/balance").asLong()).isEqualTo(12L * purchase);
        }
    }

    /** Over a socket, for no client sends such a thing. */
    @ParameterizedTest
    @EnumSource(ServiceName.class)
    void an_address_that_is_no_uri_gets_its_problem_document(ServiceName service)
            throws IOException {
        try (Socket socket =
                new Socket(
                        InetAddress.getLoopbackAddress(), SHARED.stack().ports().http(service))) {
            socket.setSoTimeout(20_000);
            String request = "GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer)
                    .startsWith("HTTP/1.1 400 ")
                    .contains("application/problem+json", "\"code\":\"invalid-address\"");
        }
    }

    @Test
    void the_logs_of_the_services_hold_nothing_personal() throws Exception {
        String identity = "/customers/by/logs/planted-4711";
        String profile = "{\"displayName\": \"Ada Plantedname\", \"kind\": \"%s\"}";
        send(ServiceName.CUSTOMER, "PUT", identity, null, profile.formatted("PERSON"));
        assertRefused(400, ServiceName.CUSTOMER, "PUT", identity, profile.formatted("Ada"));

        String told =
                """
                {"customer": "logs:planted-4711", "source": "logs", "sourceId": "1",
                 "text": "a planted remark", %s}""";
        String note =
                """
                "type": "NOTE", "channel": "STORE", "direction": "INTERNAL", "occurredAt": "2026-01-01T10:00:00Z\"""";
        String recorded = tell(ServiceName.INTERACTION, "/interactions", told.formatted(note));
        String rating = "\"metric\": \"NPS\", \"rating\": 9";
        tell(ServiceName.FEEDBACK, "/feedback", told.formatted(rating));
        String account = "/loyalty/accounts/logs:planted-4711";
        send(ServiceName.LOYALTY, "GET", account, recorded, null);

        for (ServiceName service : ServiceName.values()) {
            assertThat(Files.readString(SHARED.stack().folder().log(service.label())))
                    .as(service.label())
                    .contains("started in")
                    .doesNotContain("Plantedname", "planted-4711", "planted remark");
        }
    }

    /** Refused requests too: what was asked is most likely to be told when it is wrong. */
    private static String tell(ServiceName service, String path, String told) throws Exception {
        String version = version(send(service, "POST", path, null, told));
        assertRefused(409, service, "POST", path, told.replace("remark", "remark, changed"));
        assertRefused(400, service, "POST", path, told.replace("}", ""));
        String context = "/customers/logs:planted-4711/context";
        send(ServiceName.CUSTOMER, "GET", context, version, null);
        return version;
    }

    private static void assertRefused(
            int status, ServiceName service, String method, String path, String body)
            throws Exception {
        HttpResponse<String> response = SHARED.calls().exchange(service, method, path, null, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    }

    private static DemoResult load(String source, LongConsumer sent) {
        LoadOptions options = new LoadOptions(source, 4, 50, Duration.ofMinutes(2), false, sent);
        return new Demo(SHARED.stack().folder(), SHARED.stack().ports(), options, System.out, false)
                .run(null);
    }

    private static String purchase(int number) {
        return """
                {"customer": "chain:1", "source": "chain", "sourceId": "%d", "type": "PURCHASE", "channel": "STORE",
                 "direction": "INBOUND", "amount": {"amount": "12.99", "currency": "EUR"},
                 "occurredAt": "2026-01-01T10:%02d:00Z"}
                """
                .formatted(number, number);
    }

    private static HttpResponse<String> send(
            ServiceName service,
            String method,
            String path,
            @Nullable String atLeast,
            @Nullable String body)
            throws IOException, InterruptedException {
        return SHARED.calls().send(service, method, path, atLeast, body);
    }
}

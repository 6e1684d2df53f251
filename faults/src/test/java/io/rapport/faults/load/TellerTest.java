package io.rapport.faults.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.rapport.faults.audit.Finding;
import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.ServiceName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the load makes of the answers of a service. */
class TellerTest {
    private final Ledger ledger = new Ledger();
    private final Tally tally = new Tally();
    private final Person person = new Person("ada", "Ada");
    private final Collection<String> told = new ConcurrentLinkedQueue<>();
    private HttpServer service;
    private Caller caller;
    private Teller teller;
    private volatile int status;
    private volatile String body = "";
    private volatile String retryAfter = "";

    @BeforeEach
    void serve() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        byte[] answer = body.getBytes(UTF_8);
                        if (!retryAfter.isEmpty()) {
                            exchange.getResponseHeaders().set("Retry-After", retryAfter);
                        }
                        told.add(exchange.getRequestURI().getPath());
                        exchange.sendResponseHeaders(
                                status, answer.length == 0 ? -1 : answer.length);
                        exchange.getResponseBody().write(answer);
                    }
                });
        service.start();
        String url = "http://127.0.0.1:" + service.getAddress().getPort();
        caller = new Caller(new Doors(_ -> url), "token", tally, new Random(7));
        teller = new Teller("t", 7, caller, ledger, tally);
        person.registered("019aa5c0-0000-7000-8000-00000000000a", "Ada");
    }

    @AfterEach
    void end() {
        service.stop(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "500; ''; ''",
                "500; 1; {\"code\": \"internal-error\"}",
                "502; ''; ''",
                "503; 1; <html>",
                "503; ''; {\"code\": \"database-unavailable\"}",
                "503; 0; {\"code\": \"database-unavailable\"}",
                "503; soon; {\"code\": \"database-unavailable\"}",
                "504; 1; {\"code\": \"database-unavailable\"}"
            })
    void an_answer_that_no_fault_excuses_is_found_once_though_it_is_told_again(
            int answered, String when, String said) {
        answer(answered, when, said);

        assertThat(teller.tellOfAll(person)).isFalse();

        assertThat(tally.unclearAndForget())
                .hasSameSizeAs(teller.open())
                .extracting(Finding::toString)
                .anySatisfy(
                        found ->
                                assertThat(found)
                                        .startsWith("A2: unclear: /interactions was answered")
                                        .contains(Integer.toString(answered), when, said));
        assertThat(tally.unclearAndForget()).isEmpty();

        assertThatThrownBy(() -> teller.ask(ServiceName.LOYALTY, "ada"))
                .isInstanceOf(CannotGoOn.class);
        assertThat(tally.unclearAndForget())
                .singleElement()
                .asString()
                .contains("/loyalty/accounts/ada was answered " + answered);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "503; 1; {\"code\": \"database-unavailable\"}",
                "503; 30; {\"code\": \"database-unavailable\"}",
                "429; ''; ''",
                "404; ''; {\"code\": \"unknown-customer\"}"
            })
    void what_a_service_cannot_do_just_now_stays_open(int answered, String when, String said) {
        answer(answered, when, said);

        assertThat(teller.tellOfAll(person)).isFalse();

        assertThat(teller.open()).hasSize(3);
        assertThat(tally.unclearAndForget()).isEmpty();
        assertThat(ledger.refused()).isEmpty();
    }

    @Test
    void a_refusal_for_good_is_kept() {
        answer(422, "", "{\"code\": \"no-such-channel\"}");

        assertThat(teller.tellOfAll(person)).isTrue();

        assertThat(ledger.refused())
                .hasSize(3)
                .anySatisfy(why -> assertThat(why).contains("INTERACTION", "422 no-such-channel"));
        assertThat(ledger.acknowledged()).isEmpty();
    }

    @Test
    void nothing_is_told_of_a_customer_before_its_registration_is_done() {
        Teller fresh = new Teller("f", 7, caller, ledger, tally);
        Person unregistered = new Person("bob", "Bob");
        answer(503, "1", "{\"code\": \"database-unavailable\"}");

        assertThat(fresh.tellOfAll(unregistered)).isFalse();
        assertThat(told).containsExactly("/customers/by/faults/bob");

        answer(200, "", "{\"id\": \"019aa5c0-0000-7000-8000-00000000000b\"}");
        assertThat(fresh.tellAgain()).isTrue();
        assertThat(told)
                .containsExactly(
                        "/customers/by/faults/bob",
                        "/customers/by/faults/bob",
                        "/interactions",
                        "/feedback");
    }

    @Test
    void of_two_profiles_the_second_waits_until_the_first_is_done() {
        answer(503, "1", "{\"code\": \"database-unavailable\"}");
        assertThat(teller.tellProfile(person)).isFalse();
        assertThat(teller.tellProfile(person)).isFalse();
        assertThat(told).hasSize(1);

        answer(200, "", "{\"id\": \"019aa5c0-0000-7000-8000-00000000000a\"}");
        assertThat(teller.tellAgain()).isTrue();
        assertThat(told).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource(ServiceName.class)
    void a_witness_sees_a_service_that_takes_a_write_and_answers_a_read(ServiceName service) {
        answer(200, "", "{\"id\": \"019aa5c0-0000-7000-8000-00000000000a\", \"balance\": 5}");
        Witness witness = new Witness(service, new Teller("w", 7, caller, ledger, tally));

        // Points that stay as they are say nothing of who writes them.
        assertThat(witness.sees()).isEqualTo(service != ServiceName.LOYALTY);
        answer(200, "", "{\"id\": \"019aa5c0-0000-7000-8000-00000000000a\", \"balance\": 6}");
        assertThat(witness.sees()).isTrue();

        answer(503, "1", "{\"code\": \"database-unavailable\"}");
        assertThat(witness.sees()).isFalse();
    }

    private void answer(int answered, String when, String said) {
        status = answered;
        retryAfter = when;
        body = said;
    }
}

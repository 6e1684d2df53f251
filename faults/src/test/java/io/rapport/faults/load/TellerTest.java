package io.rapport.faults.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.rapport.faults.audit.Finding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the load makes of the answers of a service. */
class TellerTest {
    private final Ledger ledger = new Ledger();
    private final Tally tally = new Tally();
    private final Person person = new Person("ada", "Ada");
    private HttpServer service;
    private Teller teller;
    private volatile int status;
    private volatile String body = "";

    @BeforeEach
    void serve() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        byte[] answer = body.getBytes(UTF_8);
                        exchange.sendResponseHeaders(
                                status, answer.length == 0 ? -1 : answer.length);
                        exchange.getResponseBody().write(answer);
                    }
                });
        service.start();
        String url = "http://127.0.0.1:" + service.getAddress().getPort();
        Caller caller = new Caller(new Doors(_ -> url), "token", tally);
        teller = new Teller("t", 7, caller, ledger, tally);
    }

    @AfterEach
    void end() {
        service.stop(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "500; ''",
                "500; {\"code\": \"internal-error\"}",
                "502; ''",
                "503; <html>",
                "504; {\"code\": \"database-unavailable\"}"
            })
    void an_answer_that_no_fault_excuses_is_found_once_though_it_is_told_again(
            int answered, String said) {
        answer(answered, said);

        assertThat(teller.tellOfAll(person)).isFalse();

        assertThat(tally.unclearAndForget())
                .hasSameSizeAs(teller.open())
                .extracting(Finding::toString)
                .anySatisfy(
                        found ->
                                assertThat(found)
                                        .startsWith("A2: unclear: /interactions was answered")
                                        .contains(Integer.toString(answered), said));
        assertThat(tally.unclearAndForget()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "503; {\"code\": \"database-unavailable\"}",
                "429; ''",
                "404; {\"code\": \"unknown-customer\"}"
            })
    void what_a_service_cannot_do_just_now_stays_open(int answered, String said) {
        answer(answered, said);

        assertThat(teller.tellOfAll(person)).isFalse();

        assertThat(teller.open()).hasSize(3);
        assertThat(tally.unclearAndForget()).isEmpty();
        assertThat(ledger.refused()).isEmpty();
    }

    @Test
    void a_refusal_for_good_is_kept() {
        answer(422, "{\"code\": \"no-such-channel\"}");

        assertThat(teller.tellOfAll(person)).isTrue();

        assertThat(ledger.refused())
                .hasSize(3)
                .anySatisfy(why -> assertThat(why).contains("INTERACTION", "422 no-such-channel"));
        assertThat(ledger.acknowledged()).isEmpty();
    }

    private void answer(int answered, String said) {
        status = answered;
        body = said;
    }
}

package io.rapport.bench.propagation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.rapport.bench.load.Answer;
import io.rapport.bench.load.LoadClient;
import io.rapport.bench.load.OpenLoop;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Chains against a server that is both services and answers as it is told. */
class ReadChainsTest {
    private static final UUID CUSTOMER = UUID.fromString("0190b9a2-0000-7000-8000-000000000000");
    private static final long PROMISED = 100;

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final Vertx vertx = Vertx.vertx();
    private final LoadClient client = new LoadClient(1, "a-token");
    private int port;
    private volatile int status = 200;
    private volatile String account = "{\"balance\":100}";
    private volatile String context = "{\"loyalty\":{\"balance\":100}}";

    @BeforeEach
    void listen() throws Exception {
        port =
                vertx.createHttpServer()
                        .requestHandler(this::answer)
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get()
                        .actualPort();
    }

    private void answer(HttpServerRequest request) {
        asked.add(request.path() + " " + request.getHeader("Rapport-At-Least"));
        request.response()
                .setStatusCode(status)
                .putHeader("Rapport-Version", "loyalty-service/c/2")
                .end(request.path().endsWith("/context") ? context : account);
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void the_context_is_asked_for_what_purchase_and_account_have_told() throws Exception {
        ChainCounts counts = followed();
        assertThat(counts.fullPercent()).isEqualTo(100);
        assertThat(counts.full().getTotalCount()).isEqualTo(1);
        assertThat(asked)
                .containsExactly(
                        "/loyalty/accounts/" + CUSTOMER + " interaction-service/c/1",
                        "/customers/"
                                + CUSTOMER
                                + "/context interaction-service/c/1,loyalty-service/c/2");
    }

    @Test
    void more_than_was_promised_is_no_less() throws Exception {
        account = "{\"balance\":250}";
        context = "{\"loyalty\":{\"balance\":101}}";
        assertThat(followed().fullPercent()).isEqualTo(100);
    }

    @Test
    void an_account_with_less_is_stale_and_ends_the_chain() throws Exception {
        account = "{\"balance\":99}";
        ChainCounts counts = followed();
        assertThat(counts.staleAt(ChainRead.ACCOUNT)).isEqualTo(1);
        assertThat(counts.fullPercent()).isZero();
        assertThat(asked).hasSize(1);
    }

    @Test
    void so_is_a_context_with_less() throws Exception {
        context = "{\"loyalty\":{\"balance\":99}}";
        assertThat(followed().staleAt(ChainRead.CONTEXT)).isEqualTo(1);
    }

    @Test
    void what_is_not_seen_in_time_is_not_asked_again() throws Exception {
        status = 503;
        account = "{\"code\":\"not-yet-seen\"}";
        ChainCounts counts = followed();
        assertThat(counts.notYetSeenAt(ChainRead.ACCOUNT)).isEqualTo(1);
        assertThat(counts.stale()).isZero();
        assertThat(asked).hasSize(1);
    }

    @Test
    void another_status_is_told() throws Exception {
        status = 503;
        assertThat(followed().broken()).containsExactly(entry("loyalty-service 503", 1L));
    }

    @Test
    void an_answer_that_cannot_be_read_is_told_too() throws Exception {
        account = "{}";
        assertThat(followed().broken())
                .containsExactly(entry("loyalty-service NullPointerException", 1L));
    }

    @Test
    void without_a_version_there_is_nothing_to_ask_for() throws Exception {
        ChainCounts counts =
                followed(new Answer(201, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer("{}")));
        assertThat(counts.broken()).hasSize(1);
        assertThat(asked).isEmpty();
    }

    private ChainCounts followed() throws InterruptedException {
        return followed(new Answer(201, versioned(), Buffer.buffer("{}")));
    }

    private static MultiMap versioned() {
        return MultiMap.caseInsensitiveMultiMap().add("Rapport-Version", "interaction-service/c/1");
    }

    private ChainCounts followed(Answer recorded) throws InterruptedException {
        ReadChains chains = new ReadChains(client, service -> port);
        long now = System.nanoTime();
        client.onLoop(
                () -> {
                    chains.follow(CUSTOMER, PROMISED, new OpenLoop.Arrival(recorded, now, now));
                    chains.noMoreToCome();
                });
        return chains.await();
    }
}

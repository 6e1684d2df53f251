package io.rapport.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rapport.bench.measure.Load;
import io.rapport.local.stack.CannotGoOn;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The loops against a server that answers at once and remembers what it was asked. */
class LoopsTest {
    private static final int CALLERS = 4;

    private final Set<Integer> remotePorts = ConcurrentHashMap.newKeySet();
    private final List<String> paths = Collections.synchronizedList(new ArrayList<>());
    private final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());
    private final Vertx vertx = Vertx.vertx();
    private final LoadClient client = new LoadClient(CALLERS, "a-token");
    private int port;

    @BeforeEach
    void listen() throws Exception {
        HttpServer server = vertx.createHttpServer().requestHandler(this::answer);
        port =
                server.listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get()
                        .actualPort();
    }

    private void answer(HttpServerRequest request) {
        remotePorts.add(request.remoteAddress().port());
        paths.add(request.path());
        authorizations.add(request.getHeader("Authorization"));
        assertThat(request.getHeader("traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00");
        if (request.path().equals("/silent")) {
            return;
        }
        request.response()
                .setStatusCode(request.path().equals("/broken") ? 503 : 200)
                .end(new JsonObject().put("path", request.path()).toBuffer());
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void a_closed_loop_counts_every_answer_and_keeps_its_connections() {
        Load load =
                new ClosedLoop(client, CALLERS, () -> Call.get(port, "/things"))
                        .run(Duration.ofMillis(100));
        assertThat(load.operations()).isPositive().isEqualTo(paths.size());
        assertThat(remotePorts).hasSizeLessThanOrEqualTo(CALLERS);
        assertThat(authorizations).containsOnly("Bearer a-token");
    }

    @Test
    void an_open_loop_makes_every_call_of_its_schedule_and_tells_of_each_answer() {
        List<Long> answered = new ArrayList<>();
        OpenLoop.Script script =
                new OpenLoop.Script() {
                    @Override
                    public Call call(long index) {
                        return Call.get(port, "/things/" + index);
                    }

                    @Override
                    public void answered(long index, OpenLoop.Arrival arrival) {
                        assertThat(arrival.at()).isGreaterThan(arrival.due());
                        assertThat(arrival.answer().json().getString("path"))
                                .isEqualTo("/things/" + index);
                        answered.add(index);
                    }
                };
        Load load = new OpenLoop(client).run(new Schedule(100, Duration.ofMillis(100)), script);
        assertThat(load.operations()).isEqualTo(10);
        assertThat(answered).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(paths).hasSize(10).contains("/things/0", "/things/9");
    }

    @Test
    void what_an_open_loop_may_be_refused_is_told_and_is_no_operation() {
        List<Integer> answered = new ArrayList<>();
        Load load =
                new OpenLoop(client)
                        .run(
                                new Schedule(100, Duration.ofMillis(20)),
                                script(
                                        Call.attempt(port, "/broken", "{}"),
                                        answered,
                                        new ArrayList<>()));
        assertThat(answered).containsExactly(503, 503);
        assertThat(load.operations()).isZero();
    }

    @Test
    void a_call_without_an_answer_is_let_go_where_the_script_says_so() {
        try (LoadClient hasty = new LoadClient(1, "a-token", Duration.ofMillis(50))) {
            List<Long> unanswered = new ArrayList<>();
            Schedule schedule = new Schedule(100, Duration.ofMillis(20));
            Call silent = Call.get(port, "/silent");
            new OpenLoop(hasty).run(schedule, script(silent, new ArrayList<>(), unanswered));
            assertThat(unanswered).containsExactlyInAnyOrder(0L, 1L);

            assertThatThrownBy(
                            () ->
                                    new OpenLoop(hasty)
                                            .run(schedule, OpenLoop.calling(index -> silent)))
                    .isInstanceOf(CannotGoOn.class);
        }
    }

    private static OpenLoop.Script script(
            Call call, List<Integer> answered, List<Long> unanswered) {
        return new OpenLoop.Script() {
            @Override
            public Call call(long index) {
                return call;
            }

            @Override
            public void answered(long index, OpenLoop.Arrival arrival) {
                answered.add(arrival.answer().status());
            }

            @Override
            public boolean unanswered(long index) {
                return unanswered.add(index);
            }
        };
    }

    @Test
    void rounds_answer_in_the_order_of_their_calls() {
        List<JsonObject> answers =
                new Rounds(client, CALLERS).sendAll(9, i -> Call.get(port, "/things/" + i));
        assertThat(answers)
                .extracting(answer -> answer.getString("path"))
                .containsExactly(
                        "/things/0",
                        "/things/1",
                        "/things/2",
                        "/things/3",
                        "/things/4",
                        "/things/5",
                        "/things/6",
                        "/things/7",
                        "/things/8");
    }

    @Test
    void an_answer_that_is_not_expected_ends_the_measurement() {
        ClosedLoop loop = new ClosedLoop(client, CALLERS, () -> Call.get(port, "/broken"));
        assertThatThrownBy(() -> loop.run(Duration.ofSeconds(30)))
                .isInstanceOf(CannotGoOn.class)
                .hasMessageContaining("GET /broken was answered with 503, not 200");
    }
}

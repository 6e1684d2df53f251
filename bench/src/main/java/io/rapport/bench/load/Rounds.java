package io.rapport.bench.load;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Makes a number of calls, so many at a time, and keeps what was answered. */
public final class Rounds {
    private final LoadClient client;
    private final int callers;

    public Rounds(LoadClient client, int callers) {
        this.client = client;
        this.callers = callers;
    }

    /** The answers in the order of the calls, which are numbered from 0. Not on the loop. */
    public List<JsonObject> sendAll(int count, IntFunction<Call> calls) {
        Run run = new Run(new Callers(callers), count, calls);
        client.onLoop(run::start);
        run.callers.await();
        List<JsonObject> answers = new ArrayList<>(count);
        for (JsonObject answer : run.answers) {
            answers.add(Objects.requireNonNull(answer));
        }
        return answers;
    }

    private final class Run {
        private final Callers callers;
        private final IntFunction<Call> calls;
        private final @Nullable JsonObject[] answers;
        private int next;

        Run(Callers callers, int count, IntFunction<Call> calls) {
            this.callers = callers;
            this.calls = calls;
            this.answers = new JsonObject[count];
        }

        void start() {
            for (int i = 0; i < Rounds.this.callers; i++) {
                callNext();
            }
        }

        private void callNext() {
            int index = next++;
            if (index >= answers.length || callers.anyFailed()) {
                callers.oneIsDone();
                return;
            }
            client.send(calls.apply(index))
                    .onSuccess(
                            answer -> {
                                answers[index] = answer.json();
                                callNext();
                            })
                    .onFailure(callers::failed);
        }
    }
}

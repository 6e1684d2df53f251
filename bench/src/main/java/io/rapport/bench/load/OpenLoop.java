package io.rapport.bench.load;

import io.rapport.bench.measure.Latencies;
import io.rapport.bench.measure.Load;
import io.rapport.local.stack.CannotGoOn;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import org.HdrHistogram.Histogram;

/**
 * Calls at the times of a schedule, however slow the answers are. A response time counts from when
 * its call was due, so that calls which had to wait for a stalled service count too.
 */
public final class OpenLoop {
    private final LoadClient client;

    public OpenLoop(LoadClient client) {
        this.client = client;
    }

    /** What is to be called, and what to do with each answer; both on the client's loop. */
    public interface Script {
        Call call(long index);

        void answered(long index, Arrival arrival);

        /** No answer came in time. True where the run goes on all the same. */
        default boolean unanswered(long index) {
            return false;
        }
    }

    /** An answer, when its call was due, and when all of it was there, as nano times. */
    public record Arrival(Answer answer, long due, long at) {}

    /** A script that only calls. */
    public static Script calling(LongFunction<Call> calls) {
        return new Script() {
            @Override
            public Call call(long index) {
                return calls.apply(index);
            }

            @Override
            public void answered(long index, Arrival arrival) {}
        };
    }

    /** Returns when every call is answered; what was refused is no operation done. */
    public Load run(Schedule schedule, Script script) {
        Run run = new Run(script, new Callers(Math.toIntExact(schedule.count())));
        long begun = System.nanoTime();
        for (long i = 0; i < schedule.count() && !run.callers.anyFailed(); i++) {
            long index = i;
            long due = begun + schedule.dueNanos(i);
            sleepUntil(due);
            client.onLoop(() -> run.send(index, due));
        }
        run.callers.await();
        return new Load(Duration.ofNanos(System.nanoTime() - begun), run.nanos);
    }

    private static void sleepUntil(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                Thread.currentThread().interrupt();
                throw new CannotGoOn("Interrupted.");
            }
        }
    }

    private final class Run {
        private final Script script;
        private final Callers callers;
        private final Histogram nanos = Latencies.empty();

        Run(Script script, Callers callers) {
            this.script = script;
            this.callers = callers;
        }

        void send(long index, long due) {
            client.send(script.call(index))
                    .onSuccess(
                            answer -> {
                                long now = System.nanoTime();
                                if (answer.status() < 400) {
                                    nanos.recordValue(now - due);
                                }
                                script.answered(index, new Arrival(answer, due, now));
                                callers.oneIsDone();
                            })
                    .onFailure(failure -> failed(index, failure));
        }

        private void failed(long index, Throwable failure) {
            if (failure instanceof TimeoutException && script.unanswered(index)) {
                callers.oneIsDone();
            } else {
                callers.failed(failure);
            }
        }
    }
}

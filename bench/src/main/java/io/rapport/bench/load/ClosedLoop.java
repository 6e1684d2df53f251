package io.rapport.bench.load;

import io.rapport.bench.measure.Latencies;
import io.rapport.bench.measure.Load;
import io.rapport.bench.measure.Side;
import java.time.Duration;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * A fixed number of callers, each of whom calls again as soon as it is answered: how much a service
 * can do. The times that it measures are those of a service that is never asked for more.
 */
public final class ClosedLoop implements Side {
    private final LoadClient client;
    private final int callers;
    private final Supplier<Call> calls;

    /** {@code calls} is asked on the client's loop only. */
    public ClosedLoop(LoadClient client, int callers, Supplier<Call> calls) {
        this.client = client;
        this.callers = callers;
        this.calls = calls;
    }

    @Override
    public Load run(Duration time) {
        Run run = new Run(new Callers(callers), time);
        client.onLoop(run::start);
        run.callers.await();
        return new Load(Duration.ofNanos(run.ended - run.begun), run.nanos);
    }

    private final class Run {
        private final Callers callers;
        private final Duration time;
        private final Histogram nanos = Latencies.empty();
        private long begun;
        private long ended;

        Run(Callers callers, Duration time) {
            this.callers = callers;
            this.time = time;
        }

        void start() {
            begun = System.nanoTime();
            for (int i = 0; i < ClosedLoop.this.callers; i++) {
                callAgain();
            }
        }

        private void callAgain() {
            long now = System.nanoTime();
            if (now - begun >= time.toNanos() || callers.anyFailed()) {
                ended = now;
                callers.oneIsDone();
                return;
            }
            client.send(calls.get())
                    .onSuccess(
                            answer -> {
                                nanos.recordValue(System.nanoTime() - now);
                                callAgain();
                            })
                    .onFailure(callers::failed);
        }
    }
}

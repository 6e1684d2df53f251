package io.rapport.bench.propagation;

import io.rapport.bench.load.Call;
import io.rapport.bench.load.ClosedLoop;
import io.rapport.bench.load.Customers;
import io.rapport.bench.load.LoadClient;
import io.rapport.bench.load.OpenLoop;
import io.rapport.bench.load.Schedule;
import io.rapport.bench.measure.Load;
import io.rapport.local.stack.LocalPorts;
import io.rapport.local.stack.ServiceName;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Purchases at the times of a schedule, a random share of which is watched until their points show,
 * or all of which are followed by the reads of who bought. The numbers of purchases go on from run
 * to run.
 */
final class PurchaseFlow {
    private static final double WATCHED = 0.05;
    private static final String PATH = "/interactions";
    private static final int LAST = 50;
    private static final int LOOK_EVERY = 4;

    private final LoadClient client;
    private final LocalPorts ports;
    private final Customers customers;
    private final PointsPromised promised;
    private long calls;

    PurchaseFlow(LoadClient client, LocalPorts ports, Customers customers) {
        this.client = client;
        this.ports = ports;
        this.customers = customers;
        this.promised = new PointsPromised(customers.count(), customers::reference);
    }

    /** {@code answered} are the times of the answers, each from when its purchase was due. */
    record Flow(Load answered, Refused refused, ContextWatch.Seen seen) {}

    /** The same, with how the chains of reads have ended. */
    record Followed(Load answered, Refused refused, ChainCounts chains) {}

    /** What becomes of a purchase that was recorded. */
    @FunctionalInterface
    private interface Follower {
        void follow(PointsPromised.Promise promise, OpenLoop.Arrival arrival);
    }

    /**
     * As many purchases as a few callers can make, with a look at a context after every few: a
     * schedule would pile up calls that a cold service cannot keep up with. Returns when the last
     * purchases have become points.
     */
    void warm(int callers, Duration time) throws InterruptedException {
        ContextWatch watch = watch();
        Deque<PointsPromised.Promise> last = new ArrayDeque<>();
        new ClosedLoop(
                        client,
                        callers,
                        () -> {
                            if (last.size() == LAST) {
                                last.remove();
                            }
                            if (calls++ % LOOK_EVERY == 0) {
                                return Call.get(
                                        ports.http(ServiceName.CUSTOMER),
                                        "/customers/" + customers.id(0) + "/context");
                            }
                            PointsPromised.Promise promise = promised.next();
                            last.add(promise);
                            return Call.post(interactions(), PATH, promise.purchase().json());
                        })
                .run(time);
        client.onLoop(
                () -> {
                    promised.allRecorded();
                    last.forEach(
                            promise ->
                                    watch.watch(
                                            customers.id(promise.customer()),
                                            promise.balance(),
                                            System.nanoTime()));
                    watch.noMoreToCome();
                });
        watch.await();
    }

    /** Returns when every purchase is answered and every watched one is seen or given up. */
    Flow run(Schedule schedule) throws InterruptedException {
        ContextWatch watch = watch();
        Script script =
                new Script(
                        (promise, arrival) -> {
                            if (ThreadLocalRandom.current().nextDouble() < WATCHED) {
                                watch.watch(
                                        customers.id(promise.customer()),
                                        promise.balance(),
                                        arrival.at());
                            }
                        });
        Load answered = new OpenLoop(client).run(schedule, script);
        client.onLoop(watch::noMoreToCome);
        return new Flow(answered, script.refused, watch.await());
    }

    /** Returns when every purchase is answered and the chain of reads behind each has ended. */
    Followed runWithReads(Schedule schedule) throws InterruptedException {
        ReadChains chains = new ReadChains(client, ports::http);
        Script script =
                new Script(
                        (promise, arrival) ->
                                chains.follow(
                                        customers.id(promise.customer()),
                                        promise.least(),
                                        arrival));
        Load answered = new OpenLoop(client).run(schedule, script);
        client.onLoop(chains::noMoreToCome);
        return new Followed(answered, script.refused, chains.await());
    }

    private ContextWatch watch() {
        return new ContextWatch(client, ports.http(ServiceName.CUSTOMER));
    }

    private int interactions() {
        return ports.http(ServiceName.INTERACTION);
    }

    private final class Script implements OpenLoop.Script {
        private final Follower follower;
        private final Refused refused = new Refused();
        private final Map<Long, PointsPromised.Promise> open = new HashMap<>();

        Script(Follower follower) {
            this.follower = follower;
        }

        @Override
        public Call call(long index) {
            PointsPromised.Promise promise = promised.next();
            open.put(index, promise);
            return Call.attempt(interactions(), PATH, promise.purchase().json());
        }

        @Override
        public void answered(long index, OpenLoop.Arrival arrival) {
            if (arrival.answer().status() != 201) {
                refused(index, Integer.toString(arrival.answer().status()));
                return;
            }
            PointsPromised.Promise promise = Objects.requireNonNull(open.remove(index));
            promised.recorded(promise);
            follower.follow(promise, arrival);
        }

        @Override
        public boolean unanswered(long index) {
            refused(index, "no answer");
            return true;
        }

        private void refused(long index, String why) {
            promised.refused(Objects.requireNonNull(open.remove(index)));
            refused.count(why);
        }
    }
}

package io.rapport.bench.propagation;

import io.rapport.bench.load.Answer;
import io.rapport.bench.load.Call;
import io.rapport.bench.load.LoadClient;
import io.rapport.bench.load.OpenLoop;
import io.rapport.local.stack.ServiceName;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ToIntFunction;

/**
 * Follows purchases: the account, no older than the purchase, then the context, no older than both.
 * Nothing is asked twice. On the client's loop, but for {@link #await}.
 */
final class ReadChains {
    private final LoadClient client;
    private final ToIntFunction<ServiceName> ports;
    private final ChainCounts counts = new ChainCounts();
    private final Outstanding outstanding = new Outstanding();

    ReadChains(LoadClient client, ToIntFunction<ServiceName> ports) {
        this.client = client;
        this.ports = ports;
    }

    /** Measures from when the purchase was due until the context shows {@code least}. */
    void follow(UUID customer, long least, OpenLoop.Arrival purchase) {
        outstanding.begun();
        Chain chain = new Chain(customer, least, purchase.due());
        chain.read(ChainRead.ACCOUNT, "", purchase.answer());
    }

    /** After the last {@link #follow}. */
    void noMoreToCome() {
        outstanding.noMoreToCome();
    }

    /** Returns when every chain has ended. */
    ChainCounts await() throws InterruptedException {
        outstanding.await();
        return counts;
    }

    private final class Chain {
        private final UUID customer;
        private final long least;
        private final long due;

        Chain(UUID customer, long least, long due) {
            this.customer = customer;
            this.least = least;
            this.due = due;
        }

        /** Asks for what has seen these versions and that of the answer. */
        void read(ChainRead read, String seen, Answer before) {
            Optional<String> version = before.version();
            if (version.isEmpty()) {
                counts.broken(read, "not asked: no version");
                outstanding.ended();
                return;
            }
            String versions = seen.isEmpty() ? version.get() : seen + "," + version.get();
            int port = ports.applyAsInt(read.service());
            Future<Answer> asked =
                    client.send(Call.getAtLeast(port, read.path(customer), versions));
            asked.map(answer -> read.worth(answer, least))
                    .onSuccess(worth -> answered(read, versions, asked.result(), worth))
                    .onFailure(
                            failure -> {
                                counts.broken(read, failure.getClass().getSimpleName());
                                outstanding.ended();
                            });
        }

        private void answered(
                ChainRead read, String versions, Answer answer, ChainRead.Worth worth) {
            switch (worth) {
                case SEEN -> {
                    if (read == ChainRead.ACCOUNT) {
                        read(ChainRead.CONTEXT, versions, answer);
                        return;
                    }
                    counts.answeredInFull(System.nanoTime() - due);
                }
                case STALE -> counts.stale(read);
                case NOT_YET_SEEN -> counts.notYetSeen(read);
                case BROKEN -> counts.broken(read, Integer.toString(answer.status()));
            }
            outstanding.ended();
        }
    }
}

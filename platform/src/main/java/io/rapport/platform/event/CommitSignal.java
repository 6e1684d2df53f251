package io.rapport.platform.event;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Wakes the relay of this process after a commit that put something into the outbox; others find it
 * by their poll.
 */
@ApplicationScoped
class CommitSignal {

    private final TransactionSynchronizationRegistry transactions;
    private final BlockingQueue<Boolean> committed = new ArrayBlockingQueue<>(1);

    CommitSignal(TransactionSynchronizationRegistry transactions) {
        this.transactions = transactions;
    }

    /** Gives the signal when the current transaction has committed. */
    void onCommit() {
        if (transactions.getResource(this) != null) {
            return;
        }
        transactions.putResource(this, this);
        transactions.registerInterposedSynchronization(
                new AfterCommit(() -> committed.offer(true)));
    }

    /** Waits for a commit, at most {@code longest}; commits since the last call count as one. */
    void await(Duration longest) throws InterruptedException {
        committed.poll(longest.toNanos(), TimeUnit.NANOSECONDS);
    }
}

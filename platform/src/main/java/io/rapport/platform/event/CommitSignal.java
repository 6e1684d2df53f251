package io.rapport.platform.event;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Wakes the relay of this process after a commit that put something into the outbox; others find it
 * by their poll.
 */
@ApplicationScoped
class CommitSignal {

    private final TransactionSynchronizationRegistry transactions;
    private final Semaphore committed = new Semaphore(0);

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
                new Synchronization() {
                    @Override
                    public void beforeCompletion() {}

                    @Override
                    public void afterCompletion(int status) {
                        if (status == Status.STATUS_COMMITTED) {
                            committed.release();
                        }
                    }
                });
    }

    /** Waits for a commit, at most {@code longest}; commits since the last call count as one. */
    void await(Duration longest) throws InterruptedException {
        if (committed.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS)) {
            committed.drainPermits();
        }
    }
}

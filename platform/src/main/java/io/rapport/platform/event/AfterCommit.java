package io.rapport.platform.event;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;

/** What to do once the transaction has committed; nothing when it is rolled back. */
record AfterCommit(Runnable action) implements Synchronization {

    @Override
    public void beforeCompletion() {}

    @Override
    public void afterCompletion(int status) {
        if (status == Status.STATUS_COMMITTED) {
            action.run();
        }
    }
}

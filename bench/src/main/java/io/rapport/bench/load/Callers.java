package io.rapport.bench.load;

import io.rapport.local.stack.CannotGoOn;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** How many callers are still at work on the loop, and the first failure, after which all stop. */
final class Callers {
    private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    private int working;

    Callers(int working) {
        this.working = working;
    }

    /** On the loop: one of them has nothing more to do. */
    void oneIsDone() {
        working--;
        if (working == 0) {
            done.complete(null);
        }
    }

    void failed(Throwable failure) {
        done.completeExceptionally(failure);
    }

    boolean anyFailed() {
        return done.isCompletedExceptionally();
    }

    /** Not on the loop. What the callers wrote is visible afterwards. */
    void await() {
        try {
            done.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CannotGoOn reason) {
                throw reason;
            }
            throw new CannotGoOn("A call failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotGoOn("Interrupted.", e);
        }
    }
}

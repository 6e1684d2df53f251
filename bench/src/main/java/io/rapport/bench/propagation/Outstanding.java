package io.rapport.bench.propagation;

import java.util.concurrent.CountDownLatch;

/** How much of what was begun has not ended. On the client's loop, but for {@link #await}. */
final class Outstanding {
    private final CountDownLatch over = new CountDownLatch(1);
    private boolean noMoreToCome;
    private int open;

    void begun() {
        open++;
    }

    void ended() {
        open--;
        tellIfOver();
    }

    /** After the last {@link #begun}. */
    void noMoreToCome() {
        noMoreToCome = true;
        tellIfOver();
    }

    private void tellIfOver() {
        if (noMoreToCome && open == 0) {
            over.countDown();
        }
    }

    /** Returns when all has ended. What was written until then is visible afterwards. */
    void await() throws InterruptedException {
        over.await();
    }
}

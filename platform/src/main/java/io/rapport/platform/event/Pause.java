package io.rapport.platform.event;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Pauses between attempts that double up to a bound, with jitter so that replicas do not try in
 * step. For one thread.
 */
public final class Pause {

    private final Duration first;
    private final Duration longest;
    private Duration next;

    public Pause(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
        this.next = first;
    }

    public void reset() {
        next = first;
    }

    public void sleep() {
        long millis = Math.max(1, next.toMillis());
        next = next.multipliedBy(2).compareTo(longest) > 0 ? longest : next.multipliedBy(2);
        try {
            Thread.sleep(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

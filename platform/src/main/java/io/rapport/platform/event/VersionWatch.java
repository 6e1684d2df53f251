package io.rapport.platform.event;

import io.rapport.platform.event.Versions.Entry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Waits until this service shows what callers have seen elsewhere. One of those who wait looks for
 * all of them, so that many ask no more of the database than a few; between two looks nobody holds
 * a connection.
 */
@ApplicationScoped
public class VersionWatch {

    private record Waiter(Collection<Entry> entries, CountDownLatch seen) {}

    private static final long FIRST_PAUSE_NANOS = Duration.ofMillis(5).toNanos();
    private static final long LONGEST_PAUSE_NANOS = Duration.ofMillis(50).toNanos();

    private final Function<Collection<Entry>, Set<Entry>> missing;
    private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
    private final ReentrantLock looking = new ReentrantLock();
    private volatile long lookedAtNanos = System.nanoTime();

    @Inject
    VersionWatch(ConsumerProgress progress) {
        this(progress::missing);
    }

    VersionWatch(Function<Collection<Entry>, Set<Entry>> missing) {
        this.missing = missing;
    }

    /** Whether all entries have come to be shown within this time. */
    public boolean await(Collection<Entry> entries, Duration longest) throws InterruptedException {
        Waiter waiter = new Waiter(entries, new CountDownLatch(1));
        waiters.add(waiter);
        try {
            long deadline = System.nanoTime() + longest.toNanos();
            long pause = FIRST_PAUSE_NANOS;
            while (!waiter.seen().await(pause, TimeUnit.NANOSECONDS)) {
                if (System.nanoTime() - deadline >= 0) {
                    return missing.apply(entries).isEmpty();
                }
                lookForAll();
                pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
            }
            return true;
        } finally {
            waiters.remove(waiter);
        }
    }

    private void lookForAll() {
        if (System.nanoTime() - lookedAtNanos < FIRST_PAUSE_NANOS || !looking.tryLock()) {
            return;
        }
        try {
            List<Waiter> all = List.copyOf(waiters);
            Set<Entry> left =
                    missing.apply(
                            all.stream()
                                    .flatMap(waiter -> waiter.entries().stream())
                                    .collect(Collectors.toSet()));
            all.stream()
                    .filter(waiter -> waiter.entries().stream().noneMatch(left::contains))
                    .forEach(waiter -> waiter.seen().countDown());
            lookedAtNanos = System.nanoTime();
        } finally {
            looking.unlock();
        }
    }
}

package io.rapport.local.stack;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Tells of each part that dies while the stack runs, and starts it again: after a second at first,
 * then after twice as long each time, up to half a minute, until it has stood for a minute.
 */
final class Supervision {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration STEADY = Duration.ofMinutes(1);

    private record Fall(Duration waited, long nanoTime) {}

    private final Consumer<String> tell;
    private final Map<StackPart, Fall> falls = new ConcurrentHashMap<>();
    private volatile boolean over;

    Supervision(Consumer<String> tell) {
        this.tell = tell;
    }

    void watch(Collection<? extends StackPart> parts) {
        parts.forEach(
                part -> part.onDeath(dead -> Thread.ofVirtual().start(() -> raise(part, dead))));
    }

    /** From now on a part that ends is meant to. */
    void end() {
        over = true;
    }

    private void raise(StackPart part, ChildProcess dead) {
        if (over) {
            return;
        }
        Duration wait = waitAfter(part);
        tell.accept(
                "%s died%s and is started again in %d s. %s"
                        .formatted(
                                part.name(),
                                StackPart.howEnded(dead),
                                wait.toSeconds(),
                                part.evidence(dead)));
        try {
            StackPart.pause(wait);
            if (!over) {
                part.start();
                part.awaitReady();
                tell.accept(part.name() + " is back.");
            }
        } catch (CannotGoOn e) {
            // A part that ended again is told of by its own death; anything else has to be said
            // here.
            if (!over && part.pid() < 0) {
                tell.accept(e.getMessage());
            }
        }
    }

    private Duration waitAfter(StackPart part) {
        long now = System.nanoTime();
        Fall fall =
                falls.compute(
                        part,
                        (key, last) ->
                                last == null
                                                || now - last.nanoTime()
                                                        > STEADY.plus(last.waited()).toNanos()
                                        ? new Fall(FIRST_WAIT, now)
                                        : new Fall(
                                                shorter(
                                                        last.waited().multipliedBy(2),
                                                        LONGEST_WAIT),
                                                now));
        return fall.waited();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}

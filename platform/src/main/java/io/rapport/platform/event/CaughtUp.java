package io.rapport.platform.event;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Proves up to which time a consumer has applied everything: it asks where the partitions end, and
 * once it has come so far, all that was there at the moment of asking is applied. For one thread.
 */
final class CaughtUp {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Clock clock;
    private final Duration every;
    private Map<TopicPartition, Long> ends = Map.of();
    private Instant askedAt = Instant.MIN;

    CaughtUp(Clock clock, Duration every) {
        this.clock = clock;
        this.every = every;
    }

    /** Forgets the last question, as after a change of the assignment. */
    void reset() {
        ends = Map.of();
        askedAt = Instant.MIN;
    }

    /** The time up to which everything is applied, when that has just been proven anew. */
    Optional<Instant> check(Consumer<byte[], byte[]> kafka) {
        if (ends.isEmpty()) {
            if (clock.instant()
                    .isAfter(askedAt.plus(askedAt.equals(Instant.MIN) ? Duration.ZERO : every))) {
                ask(kafka);
            }
            return Optional.empty();
        }
        if (ends.entrySet().stream()
                .anyMatch(end -> kafka.position(end.getKey()) < end.getValue())) {
            return Optional.empty();
        }
        ends = Map.of();
        return Optional.of(askedAt);
    }

    private void ask(Consumer<byte[], byte[]> kafka) {
        Instant now = clock.instant();
        try {
            ends = kafka.endOffsets(kafka.assignment(), PATIENCE);
            askedAt = now;
        } catch (TimeoutException e) {
            // The broker is away or frozen: nothing is proven, and the time stands still.
            ends = Map.of();
        }
    }
}

package io.rapport.bench.frame;

import java.time.Duration;

/**
 * How long everything takes. {@code turns} of {@code turn} are measured of each side after a
 * warm-up; {@code backlogEach} events of each customer make a backlog; {@code settled} is how long
 * a stack is left alone before its memory is read; {@code steady} is how long memory has to stay
 * flat.
 */
public record Pace(
        String name,
        Duration warm,
        Duration turn,
        int turns,
        int customers,
        int backlogEach,
        Duration openLoop,
        Duration settled,
        Duration steady,
        int repeats) {
    public static final Pace FULL =
            new Pace(
                    "full",
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(10),
                    5,
                    10_000,
                    100,
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(10),
                    5);

    /** To try a benchmark out; its figures say little. */
    public static final Pace QUICK =
            new Pace(
                    "quick",
                    Duration.ofSeconds(8),
                    Duration.ofSeconds(3),
                    3,
                    500,
                    20,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(20),
                    2);

    public Pace withWarmUpOf(Duration time) {
        return new Pace(
                name,
                time,
                turn,
                turns,
                customers,
                backlogEach,
                openLoop,
                settled,
                steady,
                repeats);
    }

    /** How long the disk is tried, before and after. */
    public Duration fsync() {
        return Duration.ofSeconds(1);
    }
}

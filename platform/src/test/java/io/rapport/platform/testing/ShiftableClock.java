package io.rapport.platform.testing;

import io.rapport.platform.DatabaseClock;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The clock of a service under test: the time of the database, moved by what the tests ask for.
 * Reset it after use; all tests of the application share it.
 */
@Alternative
@Priority(1)
@Singleton
public class ShiftableClock extends Clock {

    private final Clock clock;
    private final AtomicReference<Duration> shift = new AtomicReference<>(Duration.ZERO);

    @Inject
    ShiftableClock(DatabaseClock clock) {
        this.clock = clock;
    }

    /** Moves the time on, or back when negative, in addition to earlier shifts. */
    public void shift(Duration by) {
        shift.accumulateAndGet(by, Duration::plus);
    }

    public void reset() {
        shift.set(Duration.ZERO);
    }

    @Override
    public Instant instant() {
        return clock.instant().plus(shift.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        InstantSource source = () -> instant();
        return zone.equals(ZoneOffset.UTC) ? this : source.withZone(zone);
    }
}

package io.rapport.platform;

import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The time of the database, in microseconds, carried on between measurements by the machine's
 * monotonic counter: a wall clock that is wrong or jumps changes nothing. Off by half of {@code
 * rapport.clock.round-trip} at most, and by the counter's drift since the last measurement. Until
 * the first one succeeds it is the machine's own time. Thread-safe.
 */
@Singleton
public final class DatabaseClock extends Clock {

    private static final int SAMPLES = 3;

    /** What the database's clock said when the counter stood at {@code nanos}. */
    private record Anchor(Instant time, long nanos) {
        Instant at(long now) {
            return time.plusNanos(now - nanos).truncatedTo(ChronoUnit.MICROS);
        }
    }

    private final DataSource dataSource;
    private final Duration longestRoundTrip;
    private volatile Anchor anchor = new Anchor(Clock.systemUTC().instant(), System.nanoTime());

    DatabaseClock(
            DataSource dataSource,
            @ConfigProperty(name = "rapport.clock.round-trip") Duration longestRoundTrip) {
        this.dataSource = dataSource;
        this.longestRoundTrip = longestRoundTrip;
    }

    /** Before anything else that starts asks for the time. */
    void start(@Observes @Priority(1) StartupEvent event) {
        measure();
    }

    /**
     * Asks the database for its time; answers that took too long to be exact, or none at all,
     * change nothing.
     */
    @Scheduled(every = "${rapport.clock.every}", delayed = "${rapport.clock.every}")
    void measure() {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            long shortest = longestRoundTrip.toNanos();
            for (int i = 0; i < SAMPLES; i++) {
                shortest = sample(statement, shortest);
            }
        } catch (SQLException e) {
            Log.warnf("The database's time could not be read: %s", e.getMessage());
        }
    }

    /**
     * Takes the answer as the new anchor when its round trip was the shortest, and says how long
     * the shortest was.
     */
    private long sample(Statement statement, long shortest) throws SQLException {
        long asked = System.nanoTime();
        try (ResultSet row = statement.executeQuery("SELECT clock_timestamp()")) {
            row.next();
            long roundTrip = System.nanoTime() - asked;
            if (roundTrip > shortest) {
                return shortest;
            }
            anchor =
                    new Anchor(
                            row.getObject(1, OffsetDateTime.class).toInstant(),
                            asked + roundTrip / 2);
            return roundTrip;
        }
    }

    @Override
    public Instant instant() {
        return anchor.at(System.nanoTime());
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

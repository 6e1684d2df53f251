package io.rapport.platform.event;

import io.quarkus.narayana.jta.QuarkusTransactionException;
import io.rapport.platform.Refusal;
import java.sql.SQLException;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.jdbi.v3.core.ConnectionException;

/**
 * Tells a failure of the event itself, which is parked, from a failure of its surroundings, which
 * is tried again without limit. The surroundings are named, and the rest is of the event: a failure
 * that nobody has thought of must not hold up everybody else's events.
 */
public final class EventFailures {

    // Connections, plans that a migration made void (0A, 26), states of transactions, passwords,
    // conflicts, resources, locks, operators, the system.
    private static final Set<String> SQL_OF_SURROUNDINGS =
            Set.of("08", "0A", "25", "26", "28", "40", "53", "55", "57", "58", "XX");

    private static final Set<String> PACKAGES_OF_SURROUNDINGS =
            Set.of("jakarta.transaction", QuarkusTransactionException.class.getPackageName());

    private EventFailures() {}

    public static boolean ofTheEvent(Throwable failure) {
        boolean surroundings = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case Refusal refusal -> {
                    return refusal.kind() != Refusal.Kind.UNAVAILABLE;
                }
                case SQLException sql -> {
                    String state = sql.getSQLState();
                    return state != null
                            && state.length() == 5
                            && !SQL_OF_SURROUNDINGS.contains(state.substring(0, 2));
                }
                // Before its cause is looked at: a password that is refused is not of the event.
                case ConnectionException connection -> {
                    return false;
                }
                default -> surroundings |= isSurroundings(cause);
            }
        }
        return !surroundings;
    }

    /** The code under which it is parked. */
    static String code(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refusal refusal) {
                return refusal.code();
            }
            if (cause instanceof SQLException sql) {
                return "database-refused-" + sql.getSQLState();
            }
        }
        return failure.getClass().getSimpleName();
    }

    private static boolean isSurroundings(Throwable cause) {
        return cause instanceof Error
                || cause instanceof KafkaException
                || cause instanceof ConsumerStopped
                || cause instanceof ConsumerPositions.Lost
                || cause instanceof EventDelivery.TooSlow
                || PACKAGES_OF_SURROUNDINGS.contains(cause.getClass().getPackageName());
    }
}

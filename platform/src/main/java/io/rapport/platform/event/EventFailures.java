package io.rapport.platform.event;

import io.rapport.platform.Refusal;
import java.sql.SQLException;
import java.util.Set;

/**
 * Tells a failure of the event itself, which is parked, from a failure of its surroundings, which
 * is tried again without limit.
 */
final class EventFailures {

    // Data exceptions and violated constraints: the same event fails the same way tomorrow.
    private static final Set<String> OF_THE_EVENT = Set.of("22", "23");

    private EventFailures() {}

    static boolean ofTheEvent(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refusal refusal) {
                return refusal.kind() != Refusal.Kind.UNAVAILABLE;
            }
            if (cause instanceof SQLException sql) {
                String state = sql.getSQLState();
                return state != null
                        && state.length() == 5
                        && OF_THE_EVENT.contains(state.substring(0, 2));
            }
        }
        // A bug that this event sets off: it must not hold up everybody else's events.
        return isBug(failure);
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

    private static boolean isBug(Throwable failure) {
        return failure instanceof NullPointerException
                || failure instanceof IllegalArgumentException
                || failure instanceof IllegalStateException
                || failure instanceof IndexOutOfBoundsException
                || failure instanceof ClassCastException
                || failure instanceof ArithmeticException;
    }
}

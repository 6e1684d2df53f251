package io.rapport.platform.event;

/**
 * The log holds events that this database does not know to have sent: it was restored to an older
 * state.
 */
final class DatabaseOlderThanLog extends RuntimeException {

    private static final long serialVersionUID = 1;

    DatabaseOlderThanLog(String message) {
        super(message);
    }
}

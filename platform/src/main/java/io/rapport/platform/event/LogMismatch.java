package io.rapport.platform.event;

/**
 * The database and its log do not belong together: one of them was set back to an older state.
 * Sending on would use numbers twice or leave a gap.
 */
final class LogMismatch extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Relay.State state;

    LogMismatch(Relay.State state, String message) {
        super(message + " Nothing is sent until that is settled.", null, false, false);
        this.state = state;
    }

    Relay.State state() {
        return state;
    }
}

package io.rapport.platform.event;

/**
 * Going on would lose or repeat events, so a consumer stands still until an operator has settled
 * why.
 */
final class ConsumerStopped extends RuntimeException {

    private static final long serialVersionUID = 1;

    ConsumerStopped(String message) {
        super(message, null, false, false);
    }
}

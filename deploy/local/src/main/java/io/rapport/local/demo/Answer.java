package io.rapport.local.demo;

import java.util.Optional;

/**
 * What a service said. {@code version} is its Rapport-Version, to be sent back as Rapport-At-Least.
 */
record Answer(int status, String body, Optional<String> version) {
    boolean ok() {
        return status >= 200 && status < 300;
    }

    /** Worth asking again: too much at once, not there just now, or not seen yet. */
    boolean passing() {
        return status == 429 || status == 502 || status == 503 || status == 504;
    }

    /**
     * The service waited for the state that was asked for as long as it may, so no further pause is
     * due.
     */
    boolean notYetSeen() {
        return status == 503 && body.contains("not-yet-seen");
    }

    /** The beginning of the body, for a message. */
    String excerpt() {
        return body.length() <= 300 ? body : body.substring(0, 300) + " …";
    }
}

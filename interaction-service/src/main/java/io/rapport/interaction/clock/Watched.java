package io.rapport.interaction.clock;

import java.util.UUID;

/** A thread as clocks see it. */
public record Watched(UUID customer, UUID thread, State state) {

    /** What there is to wait for. */
    public enum State {
        /** The customer waits for our reply. */
        ASKED,
        /** It is not solved, and nobody in particular is waited for. */
        OPEN,
        /** We wait for the customer: clocks stand still. */
        ANSWERED,
        SOLVED,
        /** It is part of another thread now, whose clocks count. */
        ASIDE
    }

    boolean runs() {
        return state == State.ASKED || state == State.OPEN;
    }
}

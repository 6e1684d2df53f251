package io.rapport.interaction.thread;

import io.rapport.interaction.Direction;
import io.rapport.interaction.Result;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whose turn it is in a thread, if anybody's. */
public enum ThreadStatus {
    OPEN,
    WAITING_FOR_US,
    WAITING_FOR_CUSTOMER,
    SOLVED;

    private static final List<ThreadStatus> BY_NEED =
            List.of(WAITING_FOR_US, OPEN, WAITING_FOR_CUSTOMER, SOLVED);

    /**
     * What it is once this is the newest in the thread: a customer's turn reopens it, and one of
     * ours in a solved thread leaves it solved.
     */
    ThreadStatus after(Direction direction, @Nullable Result outcome) {
        if (outcome == Result.SOLVED) {
            return SOLVED;
        }
        return switch (direction) {
            case INBOUND -> WAITING_FOR_US;
            case OUTBOUND -> this == SOLVED ? SOLVED : WAITING_FOR_CUSTOMER;
            case INTERNAL -> this;
        };
    }

    /** Of two threads that become one: nothing that waits for us is forgotten by a merge. */
    ThreadStatus with(ThreadStatus other) {
        return Stream.of(this, other).min(Comparator.comparing(BY_NEED::indexOf)).orElseThrow();
    }

    boolean isSolved() {
        return this == SOLVED;
    }
}

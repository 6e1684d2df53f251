package io.rapport.platform.timer;

import java.time.Instant;
import java.util.UUID;

/** What happens when a timer of one kind is due. A bean for each kind. */
public interface TimerAction {

    /** The kind of timer, for good: rows in the database name it. */
    String kind();

    /**
     * Acts inside the transaction that removes the timer, so once. It may come late: what is due is
     * decided by {@code due}, not by when this is called.
     */
    void fire(UUID subject, Instant due);

    /**
     * Whether it is a step of a long work, due whenever the step before it is done: fired beside
     * the others, which have a time to keep.
     */
    default boolean isWork() {
        return false;
    }
}

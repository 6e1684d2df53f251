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
}

package io.rapport.customer.context;

import io.rapport.platform.event.ReceivedEvent;
import org.jdbi.v3.core.Handle;

/**
 * One service's part of the context: adds events up, then writes the sums into tables that only it
 * writes.
 */
sealed interface ContextFold permits InteractionFold, ContactFold, LoyaltyFold, FeedbackFold {

    /** Takes the event in if it is of a type that this part knows. */
    void add(ReceivedEvent event);

    /**
     * Writes what was added up to the rows of one generation, in the order of their keys; nothing
     * when nothing was.
     */
    void write(Handle handle, int generation);
}

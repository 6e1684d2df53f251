package io.rapport.platform.event;

import java.util.List;
import java.util.Set;

/**
 * Folds events into tables of its own and publishes nothing, so it can be replayed: another
 * generation is folded beside the one that is read, and then read in its place. Each topic writes
 * only its own part: the outcome must not depend on how topics interleave. Its row in the table
 * {@code projection} comes with the migration that makes its tables.
 */
public interface Projection {

    String name();

    Set<Topic> topics();

    /** All tables that it writes, and nobody else. */
    List<ProjectionTable> tables();

    /**
     * Applies events to the rows of one generation, inside the caller's transaction; of several
     * topics mixed: customers in id order, each customer's events of a topic in sequence order,
     * each exactly once. Throwing a {@link io.rapport.platform.Refusal} parks the event.
     */
    void fold(int generation, List<ReceivedEvent> events);
}

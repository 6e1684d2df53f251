package io.rapport.platform.event;

import java.util.List;

/**
 * Folds events into tables of its own and publishes nothing, so it can be dropped and replayed.
 * Each topic writes only its own part: the outcome must not depend on how topics interleave.
 */
public non-sealed interface Projection extends EventConsumer {

    /**
     * Applies events inside the caller's transaction, of several topics mixed: customers in id
     * order, each customer's events of a topic in sequence order, each exactly once. Throwing a
     * {@link io.rapport.platform.Refusal} parks the event.
     */
    void fold(List<ReceivedEvent> events);
}

package io.rapport.platform.event;

import java.util.Set;

/**
 * A named purpose for which a service reads topics. The name is the consumer's identity for good:
 * its positions hang on it.
 */
public sealed interface EventConsumer permits Generation, Reaction {

    String name();

    Set<Topic> topics();

    /**
     * Whether a quarter of a second matters to nobody who waits for its effects. Then the broker
     * gathers what comes meanwhile: each transaction costs more than what most records ask for.
     */
    default boolean patient() {
        return false;
    }
}

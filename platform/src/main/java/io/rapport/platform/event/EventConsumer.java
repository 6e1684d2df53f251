package io.rapport.platform.event;

import java.util.Set;

/**
 * A named purpose for which a service reads topics. The name is the consumer's identity for good:
 * its positions hang on it.
 */
public sealed interface EventConsumer permits Generation, Reaction {

    String name();

    Set<Topic> topics();
}

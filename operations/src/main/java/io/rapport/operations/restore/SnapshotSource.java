package io.rapport.operations.restore;

import io.rapport.platform.event.Topic;
import java.util.UUID;

/** What a service that writes a compacted topic knows to say about a customer anew. */
public interface SnapshotSource {

    Topic topic();

    /**
     * Publishes the customer's state in the caller's transaction, under a version above {@code
     * version} and above its own; a tombstone when nothing is held about the customer.
     */
    void republish(UUID customer, long version);
}

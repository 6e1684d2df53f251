package io.rapport.directory;

import io.rapport.platform.event.Event;
import java.time.Instant;
import java.util.UUID;

/** What a service holds of customers, for their erasure. One bean of each service. */
public interface Erasable {

    /** What becomes of each of its tables. */
    PersonalRows rows();

    /** The event by which it says that it holds nothing personal of the customer any more. */
    Event confirmation(UUID customer, UUID erasure, Instant erasedAt);
}

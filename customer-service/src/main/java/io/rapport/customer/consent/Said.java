package io.rapport.customer.consent;

import java.time.Instant;

/** Something that is said of a consent, with its evidence. */
interface Said {

    Evidence evidence();

    /** Refuses what no single field can tell. */
    default void requirePossibleAt(Instant now) {
        evidence().requirePossibleAt(now);
    }
}

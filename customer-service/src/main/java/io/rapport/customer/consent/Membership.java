package io.rapport.customer.consent;

import java.time.Instant;
import java.util.UUID;

/** Which customers were one, and when. */
@FunctionalInterface
interface Membership {

    /** Nobody was ever merged. */
    Membership ALONE = (one, other, at) -> false;

    /** Whether a merge held these two different customers together at that time. */
    boolean together(UUID one, UUID other, Instant at);
}

package io.rapport.feedback.intake;

import java.util.UUID;

/**
 * Who was first under a source's id, and with what. The hashes tell the same again from something
 * else without keeping what was said.
 */
record Claim(
        String source,
        String sourceId,
        UUID customer,
        UUID feedback,
        UUID contentHash,
        UUID namedHash) {

    /**
     * Whether {@code other} tells the same. The customer is the same by its id, or because it is
     * named the same way: an identity may have moved to another customer since, and what was taken
     * in stays where it arrived.
     */
    boolean isRepeatedBy(Claim other) {
        return contentHash.equals(other.contentHash)
                && (customer.equals(other.customer) || namedHash.equals(other.namedHash));
    }
}

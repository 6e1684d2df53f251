package io.rapport.customer.consent;

import io.rapport.customer.Channel;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import java.time.Instant;

/** A purpose at one version. Its key never changes, for events and records name it. */
record ConsentPurpose(
        String key, PurposeTerms terms, long version, Instant createdAt, Instant updatedAt) {

    /** A key is a slug: words of a-z and 0-9 joined by hyphens, of 64 characters at most. */
    private static final String KEY_FORM = "[a-z][a-z0-9]*(-[a-z0-9]+)*";

    private static final int MAX_KEY = 64;

    static ConsentPurpose make(String key, PurposeTerms terms, Instant now) {
        if (key.length() > MAX_KEY || !key.matches(KEY_FORM)) {
            throw Refusal.invalid(
                    "invalid-purpose-key",
                    "A purpose's key has words of a-z and 0-9 joined by hyphens, at most 64 characters, as in"
                            + " product-news.");
        }
        return new ConsentPurpose(key, terms, 1, now, now);
    }

    /** This purpose with other terms, one version on; itself when nothing differs. */
    ConsentPurpose change(PurposeTerms to, Instant now) {
        return to.equals(terms) ? this : new ConsentPurpose(key, to, version + 1, createdAt, now);
    }

    /** The terms on which it can be given now, on that channel. */
    PurposeTerms offered(Channel channel) {
        if (!terms.active()) {
            throw Refusal.conflict(
                    "consent-purpose-retired",
                    "This purpose is retired: consents to it can be withdrawn, and not given.");
        }
        if (!terms.channels().contains(channel)) {
            throw Refusal.invalid(
                    "channel-not-covered",
                    "This purpose cannot be consented to on that channel.",
                    new FieldError("/channel", "is not one that the purpose covers"));
        }
        return terms;
    }
}

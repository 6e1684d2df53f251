package io.rapport.customer.identity;

import io.rapport.customer.profile.ETags;
import io.rapport.platform.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * When an upsert may happen. Without a condition it creates or updates; {@code If-None-Match: *}
 * only creates; {@code If-Match} with {@code *} or a version only updates.
 */
record UpsertConditions(@Nullable String ifMatch, @Nullable String ifNoneMatch) {

    void requireMayCreate() {
        if (ifMatch != null) {
            throw Refusal.preconditionFailed(
                    "nothing-to-update", "Nobody has this identity, and If-Match only updates.");
        }
    }

    void requireMayUpdate(long version) {
        if (!ETags.noneMatch(ifNoneMatch, version)) {
            throw Refusal.preconditionFailed(
                    "identity-exists",
                    "This identity has a customer in the state that If-None-Match excludes.");
        }
        if (ifMatch != null) {
            ETags.requireMatch(ifMatch, version);
        }
    }
}

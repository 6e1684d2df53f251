package io.rapport.customer.profile;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * As whom a merged customer answers, or who was merged into this one, in the order in which they
 * were. A survivor was never merged itself.
 */
public record MergeState(@Nullable UUID survivor, List<UUID> members) {

    /** Of one that has nothing to do with any merge. */
    static final MergeState ALONE = new MergeState(null, List.of());
}

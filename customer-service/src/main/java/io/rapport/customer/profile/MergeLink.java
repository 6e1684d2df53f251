package io.rapport.customer.profile;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * That a customer was merged into another one: by which rules, by pointer, and which paths were
 * edited since, of which the member's values are shown no more. The member itself stays as it was.
 */
public record MergeLink(
        UUID id,
        UUID member,
        UUID survivor,
        Map<String, MergeRule> rules,
        Set<String> edited,
        Instant mergedAt) {

    MergeRule rule(String pointer) {
        return rules.getOrDefault(pointer, MergeRule.FILL);
    }

    MergeLink withEdited(Set<String> paths) {
        return new MergeLink(id, member, survivor, rules, Set.copyOf(paths), mergedAt);
    }
}

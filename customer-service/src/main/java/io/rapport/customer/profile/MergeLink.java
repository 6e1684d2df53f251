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

    /** Of a value by its path: custom attributes have rules of their own. */
    MergeRule rule(String path) {
        return rules.getOrDefault(Contents.ruled(path), MergeRule.FILL);
    }

    MergeLink withEdited(Set<String> paths) {
        return new MergeLink(id, member, survivor, rules, Set.copyOf(paths), mergedAt);
    }
}

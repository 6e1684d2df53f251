package io.rapport.customer.segment;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which segment refers to which others. Circles were refused, so that chains end; each segment is
 * looked at once, however many ways lead to it.
 */
record References(Map<String, Set<String>> to) {

    /** Segments in a chain of references, the first and the last among them. */
    static final int LONGEST_CHAIN = 8;

    /** The same when {@code segment} refers to these. */
    References with(String segment, Set<String> others) {
        Map<String, Set<String>> changed = new HashMap<>(to);
        changed.put(segment, others);
        return new References(changed);
    }

    /** How many segments are in the longest chain that the segment is part of. */
    int chainThrough(String segment) {
        return chain(segment, to, new HashMap<>())
                + chain(segment, reversed(), new HashMap<>())
                - 1;
    }

    private Map<String, Set<String>> reversed() {
        Map<String, Set<String>> from = new HashMap<>();
        to.forEach(
                (segment, others) ->
                        others.forEach(
                                other ->
                                        from.computeIfAbsent(other, _ -> new HashSet<>())
                                                .add(segment)));
        return from;
    }

    private static int chain(
            String segment, Map<String, Set<String>> next, Map<String, Integer> known) {
        Integer length = known.get(segment);
        if (length == null) {
            int longest = 0;
            for (String other : next.getOrDefault(segment, Set.of())) {
                longest = Math.max(longest, chain(other, next, known));
            }
            length = longest + 1;
            known.put(segment, length);
        }
        return length;
    }
}

package io.rapport.customer.segment;

import io.rapport.customer.profile.AttributeType;
import io.rapport.customer.segment.RuleReading.Names;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * All segments as they were at one change of any of them, made ready. What a segment reads includes
 * what those read that it refers to. Immutable.
 */
final class SegmentSet {

    /** A segment with its rule, and all that it reads. */
    record Ready(
            String key,
            long version,
            boolean active,
            Rule rule,
            Set<Field> fields,
            boolean readsContext) {}

    private final long epoch;
    private final Map<String, Ready> ready;

    /** All fields of profiles that any segment reads. */
    private final List<Field> ofProfiles;

    private SegmentSet(long epoch, Map<String, Ready> ready) {
        this.epoch = epoch;
        this.ready = ready;
        this.ofProfiles =
                ready.values().stream()
                        .flatMap(one -> one.fields.stream())
                        .filter(field -> !field.ofContext())
                        .collect(Collectors.toMap(Field::path, field -> field, (one, _) -> one))
                        .values()
                        .stream()
                        .toList();
    }

    static SegmentSet of(long epoch, List<Segment> segments, Map<String, AttributeType> types) {
        Map<String, ReadRule> rules = new HashMap<>();
        for (Segment segment : segments) {
            rules.put(
                    segment.key(),
                    RuleReading.read(segment.terms().condition(), Names.stored(types)));
        }
        Map<String, Ready> ready = new HashMap<>();
        Map<String, Map<String, Field>> known = new HashMap<>();
        for (Segment segment : segments) {
            ReadRule own = rules.get(segment.key());
            if (own != null) {
                Set<Field> fields = Set.copyOf(read(segment.key(), rules, known).values());
                ready.put(
                        segment.key(),
                        new Ready(
                                segment.key(),
                                segment.version(),
                                segment.terms().active(),
                                own.rule(),
                                fields,
                                fields.stream().anyMatch(Field::ofContext)));
            }
        }
        return new SegmentSet(epoch, ready);
    }

    /**
     * The fields that a segment reads, and those that it refers to, by path. Circles were refused,
     * so this ends, and looks at each segment once.
     */
    private static Map<String, Field> read(
            String key, Map<String, ReadRule> rules, Map<String, Map<String, Field>> known) {
        Map<String, Field> fields = known.get(key);
        if (fields == null) {
            fields = new HashMap<>();
            ReadRule rule = rules.get(key);
            if (rule != null) {
                for (Field field : rule.fields()) {
                    fields.put(field.path(), field);
                }
                for (String other : rule.segments()) {
                    fields.putAll(read(other, rules, known));
                }
            }
            known.put(key, fields);
        }
        return fields;
    }

    long epoch() {
        return epoch;
    }

    boolean isEmpty() {
        return ready.isEmpty();
    }

    List<Ready> all() {
        return List.copyOf(ready.values());
    }

    Optional<Ready> find(String key) {
        return Optional.ofNullable(ready.get(key));
    }

    /** Those of these keys that there are. */
    List<Ready> of(Set<String> keys) {
        return which(one -> keys.contains(one.key));
    }

    List<Ready> readingContext() {
        return which(Ready::readsContext);
    }

    /** Those that read something that differs between the two. */
    List<Ready> concerned(Facts before, Facts after) {
        // In another time zone a period ends at another instant.
        boolean inAnotherZone = !before.zone().equals(after.zone());
        Set<String> differing = new HashSet<>();
        for (Field field : ofProfiles) {
            if (!field.of(before).equals(field.of(after))) {
                differing.add(field.path());
            }
        }
        if (differing.isEmpty() && !inAnotherZone) {
            return List.of();
        }
        Predicate<Field> differs =
                field ->
                        differing.contains(field.path())
                                || (inAnotherZone && field.type().isOfTime());
        return which(one -> one.fields.stream().anyMatch(differs));
    }

    private List<Ready> which(Predicate<Ready> test) {
        return ready.values().stream().filter(test).toList();
    }
}

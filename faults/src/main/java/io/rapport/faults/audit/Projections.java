package io.rapport.faults.audit;

import io.rapport.faults.topic.Logged;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A5: each projection equals its source, row by row: the context the fold of the topics, each
 * directory the customers and their identities, the profile topic the newest profiles.
 */
public final class Projections {
    private Projections() {}

    /** {@code held} are the rows of the context tables, as {@link ContextFold} writes them. */
    public static List<Finding> context(Collection<Logged> effective, Map<String, String> held) {
        return compare("the context", ContextFold.of(effective), held);
    }

    /**
     * {@code profiles} are the lines of customer-service, {@code topic} all profile records; a
     * tombstone says that nothing is held.
     */
    public static List<Finding> profiles(Map<String, String> profiles, Collection<Logged> topic) {
        Map<String, Logged> newest = new TreeMap<>();
        topic.forEach(
                record ->
                        newest.merge(
                                record.customer(),
                                record,
                                (one, other) -> other.version() >= one.version() ? other : one));
        Map<String, String> held = new TreeMap<>();
        newest.values().removeIf(record -> record.value() == null);
        newest.forEach(
                (customer, record) ->
                        held.put(
                                customer,
                                profile(
                                        record.version(),
                                        record.payload().path("displayName").asText())));
        return compare("the profile topic", profiles, held);
    }

    static String profile(long version, String displayName) {
        return "version " + version + " of " + displayName;
    }

    /** {@code where} is the projection; both maps are its rows by key. */
    public static List<Finding> compare(
            String where, Map<String, String> source, Map<String, String> held) {
        Findings findings = new Findings("A5");
        Map<String, String> left = new TreeMap<>(held);
        source.forEach(
                (key, expected) -> {
                    String found = left.remove(key);
                    findings.expect(
                            where + ": " + key, expected, found == null ? "missing" : found);
                });
        left.forEach((key, found) -> findings.add("%s: %s has no source: %s", where, key, found));
        return findings.all();
    }
}

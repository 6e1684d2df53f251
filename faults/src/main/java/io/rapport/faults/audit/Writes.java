package io.rapport.faults.audit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A2: what was acknowledged is there, once and as it was told, and nothing else is: what was
 * refused has left nothing, and what nobody knew of was settled by sending it again.
 */
public final class Writes {
    private Writes() {}

    /** {@code held} are all facts of the customers that the load speaks of. */
    public static List<Finding> audit(Collection<Fact> acknowledged, Collection<Fact> held) {
        Findings findings = new Findings("A2");
        Map<String, List<Fact>> left = new TreeMap<>();
        held.forEach(fact -> left.computeIfAbsent(key(fact), key -> new ArrayList<>()).add(fact));
        for (Fact fact : acknowledged) {
            List<Fact> found = left.remove(key(fact));
            if (found == null) {
                findings.add("%s was acknowledged and is gone: %s", key(fact), fact.content());
                continue;
            }
            if (found.size() > 1) {
                findings.add("%s is there %d times", key(fact), found.size());
            }
            findings.expect(key(fact), fact.content(), found.getFirst().content());
        }
        left.forEach(
                (key, facts) ->
                        findings.add(
                                "%s is there and was never acknowledged: %s",
                                key, facts.getFirst().content()));
        return findings.all();
    }

    private static String key(Fact fact) {
        return fact.kind() + " " + fact.id();
    }
}

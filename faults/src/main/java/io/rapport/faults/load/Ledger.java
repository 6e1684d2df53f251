package io.rapport.faults.load;

import io.rapport.faults.audit.Fact;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What the load was promised: facts that were acknowledged, and refusals. Thread-safe. */
final class Ledger {
    private final Map<String, Fact> acknowledged = new ConcurrentHashMap<>();
    private final Collection<String> refused = new ConcurrentLinkedQueue<>();
    private final Set<String> customers = ConcurrentHashMap.newKeySet();

    /** The last word on a customer counts; everything else is said once. */
    void acknowledge(Deed deed, String id) {
        if (deed.kind().ofCustomer()) {
            deed.person().registered(id, deed.told());
            customers.add(id);
        }
        acknowledged.put(deed.kind().fact + " " + id, new Fact(deed.kind().fact, id, deed.told()));
    }

    void refuse(Deed deed, String why) {
        refused.add("%s %s: %s: %s".formatted(deed.kind(), deed.told(), why, deed.body().get()));
    }

    /** Replaces all facts of a kind by those that are held. */
    void recall(String kind, Collection<Fact> held) {
        acknowledged.values().removeIf(fact -> fact.kind().equals(kind));
        held.forEach(fact -> acknowledged.put(kind + " " + fact.id(), fact));
    }

    Collection<Fact> acknowledged() {
        return List.copyOf(acknowledged.values());
    }

    /** Nothing that the load says may be refused for good. */
    List<String> refused() {
        return List.copyOf(refused);
    }

    Set<String> customers() {
        return Set.copyOf(customers);
    }
}

package io.rapport.platform.event;

import io.quarkus.arc.Arc;
import jakarta.enterprise.context.RequestScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What the current request wrote or has seen, for the {@code Rapport-Version} of its answer. Of
 * each service and customer only the highest sequence counts.
 */
@RequestScoped
public class Versions {

    /**
     * Everything of {@code customer} up to {@code sequence} that {@code service} published is
     * visible.
     */
    public record Entry(String service, UUID customer, long sequence) {}

    private record Key(String service, UUID customer) {}

    private final Installation installation;
    private final ConsumerProgress progress;
    private final Map<Key, Long> seen = new HashMap<>();

    Versions(Installation installation, ConsumerProgress progress) {
        this.installation = installation;
        this.progress = progress;
    }

    /**
     * Adds this service's own counter for the customer, and what its consumers have applied. Call
     * it before the read that it speaks of: what is read may then be newer than the token says,
     * never older.
     */
    public void read(UUID customer) {
        progress.seenOf(customer).forEach(this::add);
    }

    /** Adds this service's own counter, for reads and writes that know it already. */
    public void own(UUID customer, long sequence) {
        add(new Entry(installation.service(), customer, sequence));
    }

    public Collection<Entry> entries() {
        return seen.entrySet().stream()
                .map(
                        entry ->
                                new Entry(
                                        entry.getKey().service(),
                                        entry.getKey().customer(),
                                        entry.getValue()))
                .toList();
    }

    void add(Entry entry) {
        if (entry.sequence() > 0) {
            seen.merge(new Key(entry.service(), entry.customer()), entry.sequence(), Math::max);
        }
    }

    /** Tells the request that is being served, where there is one, what it has published. */
    static void published(Versions versions, List<Outbox.Published> published) {
        if (Arc.container().requestContext().isActive()) {
            published.forEach(event -> versions.own(event.customer(), event.sequence()));
        }
    }
}

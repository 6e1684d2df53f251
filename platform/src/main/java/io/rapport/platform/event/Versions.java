package io.rapport.platform.event;

import io.quarkus.arc.Arc;
import jakarta.enterprise.context.RequestScoped;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BinaryOperator;

/**
 * What the current request wrote or has seen, for the {@code Rapport-Version} of its answer. Of
 * each stream and customer only the highest sequence counts.
 */
@RequestScoped
public class Versions {

    /**
     * Everything of {@code customer} up to {@code sequence} is visible of a stream: the log of the
     * service of that name, or a compacted topic, where the sequence is the version.
     */
    public record Entry(String stream, UUID customer, long sequence) {
        Key key() {
            return new Key(stream, customer);
        }
    }

    record Key(String stream, UUID customer) {}

    private static final BinaryOperator<Entry> HIGHEST =
            BinaryOperator.maxBy(Comparator.comparingLong(Entry::sequence));

    private final Installation installation;
    private final ConsumerProgress progress;
    private final Map<Key, Entry> seen = new HashMap<>();

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
        read(List.of(customer));
    }

    /** The same for all customers whose facts an answer covers. */
    public void read(Collection<UUID> customers) {
        progress.seenOf(customers).forEach(this::add);
    }

    /** Adds this service's own counter, for reads and writes that know it already. */
    public void own(UUID customer, long sequence) {
        add(new Entry(installation.service(), customer, sequence));
    }

    /** Adds a snapshot, by which other services learn what this one shows already. */
    public void snapshot(Topic topic, UUID customer, long version) {
        add(new Entry(topic.stream(), customer, version));
    }

    public Collection<Entry> entries() {
        return List.copyOf(seen.values());
    }

    void add(Entry entry) {
        if (entry.sequence() > 0) {
            seen.merge(entry.key(), entry, HIGHEST);
        }
    }

    /** Tells the request that is being served, where there is one, what it has published. */
    static void published(Versions versions, List<Outbox.Published> published) {
        if (Arc.container().requestContext().isActive()) {
            published.forEach(event -> versions.own(event.customer(), event.sequence()));
        }
    }

    /** Tells the request that is being served, where there is one, its newest snapshot. */
    static void published(Versions versions, Topic topic, UUID customer, long version) {
        if (Arc.container().requestContext().isActive()) {
            versions.snapshot(topic, customer, version);
        }
    }
}

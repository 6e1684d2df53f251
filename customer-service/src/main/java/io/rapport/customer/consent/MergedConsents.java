package io.rapport.customer.consent;

import static io.rapport.customer.consent.ConsentState.WITHDRAWN;

import io.rapport.customer.Channel;
import io.rapport.customer.CustomerEvent;
import io.rapport.platform.Refusal;
import io.rapport.platform.event.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells in the log of a customer what a merge, or its undoing, changes in what it has allowed. For
 * callers who hold the rows of all customers concerned.
 */
@ApplicationScoped
public class MergedConsents {

    /** Each check reads all merges that a customer is linked to. */
    private static final int MOST_MERGES = 1000;

    /** And all that was said of the matter; half of what a page of consents is made of. */
    static final int MOST_RECORDS = ConsentHistory.MOST_READ / 2;

    /** What held of each purpose and channel. */
    public record Held(UUID customer, SortedMap<Key, ConsentDecision> decisions) {
        ConsentDecision of(Key key) {
            return decisions.getOrDefault(key, ConsentDecision.NONE);
        }
    }

    record Key(String purpose, Channel channel) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::purpose).thenComparing(Key::channel);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private final ConsentRows rows;
    private final MergePeriodRows merges;
    private final Outbox outbox;

    MergedConsents(ConsentRows rows, MergePeriodRows merges, Outbox outbox) {
        this.rows = rows;
        this.merges = merges;
        this.outbox = outbox;
    }

    /** Refuses a merge of customers who were merged too often, or have said too much: 409. */
    public void requireRoom(List<UUID> customers) {
        Set<UUID> all = new HashSet<>();
        for (UUID customer : customers) {
            MergePeriods periods = merges.of(customer);
            if (periods.periods().size() >= MOST_MERGES) {
                throw Refusal.conflict(
                        "too-many-merges",
                        "Customers who were one with each other were merged %d times already."
                                .formatted(MOST_MERGES));
            }
            all.addAll(periods.all());
        }
        if (rows.mostOfOneMatter(List.copyOf(all)) > MOST_RECORDS) {
            throw Refusal.conflict(
                    "too-many-consent-records",
                    "Together these have said more than %d things of one purpose on one channel."
                            .formatted(MOST_RECORDS));
        }
    }

    /**
     * {@code now}, or later when something was recorded of these customers at a time that lies
     * ahead of this replica's clock, so that it was said before.
     */
    public Instant after(List<UUID> customers, Instant now) {
        Instant latest = now;
        for (UUID customer : customers) {
            latest = later(latest, merges.of(customer).last());
            latest = later(latest, rows.lastRecorded(customer));
        }
        return latest;
    }

    private static Instant later(Instant now, @Nullable Instant known) {
        return known == null || known.isBefore(now) ? now : known.plus(1, ChronoUnit.MICROS);
    }

    /** What held for the customer, and all who were one with it, at that time. */
    public Held held(UUID customer, Instant at) {
        MergePeriods periods = merges.of(customer);
        SortedMap<Key, List<ConsentRecord>> said = new TreeMap<>();
        for (ConsentRecord record : rows.of(periods.all())) {
            said.computeIfAbsent(
                            new Key(record.purpose(), record.channel()), any -> new ArrayList<>())
                    .add(record);
        }
        Set<UUID> members = periods.membersAt(at);
        SortedMap<Key, ConsentDecision> decisions = new TreeMap<>();
        said.forEach(
                (key, records) ->
                        decisions.put(key, ConsentFold.decide(members, records, periods, at)));
        return new Held(customer, decisions);
    }

    /** Publishes what holds of the customer from {@code now} on and did not before. */
    public void tell(Held before, Instant now) {
        Held after = held(before.customer, now);
        Set<Key> keys = new TreeSet<>(before.decisions.keySet());
        keys.addAll(after.decisions.keySet());
        for (Key key : keys) {
            CustomerEvent event = event(before.customer, key, before.of(key), after.of(key), now);
            if (event != null) {
                outbox.publish(event);
            }
        }
    }

    private static @Nullable CustomerEvent event(
            UUID customer, Key key, ConsentDecision before, ConsentDecision after, Instant now) {
        ConsentRecord was = before.deciding();
        ConsentRecord is = after.deciding();
        if (is != null && (was == null || !was.id().equals(is.id()))) {
            return after.state() == WITHDRAWN
                    ? withdrawn(customer, key, is, now)
                    : new CustomerEvent.ConsentGiven(
                            customer,
                            now,
                            is.id(),
                            key.purpose,
                            key.channel,
                            is.occurredAt(),
                            is.validUntil());
        }
        return is == null && was != null && before.state() != WITHDRAWN
                ? withdrawn(customer, key, was, now)
                : null;
    }

    private static CustomerEvent withdrawn(
            UUID customer, Key key, ConsentRecord record, Instant now) {
        return new CustomerEvent.ConsentWithdrawn(
                customer, now, record.id(), key.purpose, key.channel, record.occurredAt());
    }
}

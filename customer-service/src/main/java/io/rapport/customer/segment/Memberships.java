package io.rapport.customer.segment;

import io.rapport.customer.CustomerEvent;
import io.rapport.customer.SegmentReason;
import io.rapport.customer.context.Figures;
import io.rapport.customer.context.FiguresReading;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.segment.Judgements.Judgement;
import io.rapport.customer.segment.Mark.Told;
import io.rapport.customer.segment.MemberRows.Entry;
import io.rapport.customer.segment.MemberRows.Place;
import io.rapport.customer.segment.SegmentSet.Ready;
import io.rapport.platform.Ids;
import io.rapport.platform.event.Outbox;
import io.rapport.platform.timer.Timers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Decides who is in which segment, for callers who hold the customers' rows: so of two who decide
 * about one customer the second sees what the first has seen. What changes, its event, and the
 * timer for what time will change are of one transaction.
 */
@ApplicationScoped
class Memberships {

    /** A customer that is held, as it answers, and the segments to decide about. */
    record Concern(Customer customer, Collection<Ready> segments) {}

    private final MemberRows members;
    private final PlaceRows places;
    private final FiguresReading figures;
    private final Timers timers;
    private final Outbox outbox;
    private final SegmentMetrics metrics;
    private final Clock clock;

    Memberships(
            MemberRows members,
            PlaceRows places,
            FiguresReading figures,
            Timers timers,
            Outbox outbox,
            SegmentMetrics metrics,
            Clock clock) {
        this.members = members;
        this.places = places;
        this.figures = figures;
        this.timers = timers;
        this.outbox = outbox;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Each customer once. Publishes, so it comes after all other events of the caller. */
    @Transactional(TxType.MANDATORY)
    void decide(SegmentSet set, List<Concern> concerns, SegmentReason reason) {
        decide(set, concerns, reason, Map.of());
    }

    /** The same; {@code causes}: what was told of customers by events of others. */
    @Transactional(TxType.MANDATORY)
    void decide(
            SegmentSet set, List<Concern> concerns, SegmentReason reason, Map<UUID, Told> causes) {
        if (concerns.isEmpty()) {
            return;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<Customer> customers = concerns.stream().map(Concern::customer).toList();
        Places known = places.of(customers);
        Judgements judgements = new Judgements(set, figures(concerns), known.overrides(), now);
        Decisions decisions = new Decisions(reason, now);
        for (Concern concern : concerns) {
            Judgement judgement = judgements.of(concern.customer);
            for (Ready segment : concern.segments) {
                Place place = new Place(concern.customer.id(), segment.key());
                decisions.add(
                        place, segment, judgement.of(segment), known.inside().contains(place));
            }
        }
        members.move(decisions.entered, decisions.left, reason, now);
        timers.setEarliest(SegmentTimer.KIND, decisions.next);
        publish(decisions.events, causes);
    }

    /** Of whom something was told, each with that as its cause, in the order of their ids. */
    private void publish(List<CustomerEvent> events, Map<UUID, Told> causes) {
        SortedMap<UUID, List<CustomerEvent>> told = new TreeMap<>(Ids.BY_VALUE);
        List<CustomerEvent> others = new ArrayList<>();
        for (CustomerEvent event : events) {
            (causes.containsKey(event.customer())
                            ? told.computeIfAbsent(event.customer(), _ -> new ArrayList<>())
                            : others)
                    .add(event);
        }
        if (!others.isEmpty()) {
            outbox.publishAll(others);
        }
        told.forEach(
                (customer, own) -> {
                    Told cause = Objects.requireNonNull(causes.get(customer));
                    if (cause.isLast()) {
                        metrics.inCircle(customer);
                    }
                    cause.reacting(() -> outbox.publishAll(own));
                });
    }

    /** Of those about whom something is decided that reads it. */
    private Map<UUID, Figures> figures(List<Concern> concerns) {
        return figures.of(
                concerns.stream()
                        .filter(one -> one.segments.stream().anyMatch(Ready::readsContext))
                        .map(Concern::customer)
                        .toList());
    }

    /** What is to be written. */
    private static final class Decisions {

        private final SegmentReason reason;
        private final Instant now;
        private final List<Entry> entered = new ArrayList<>();
        private final List<Place> left = new ArrayList<>();
        private final List<CustomerEvent> events = new ArrayList<>();
        private final Map<UUID, Instant> next = new HashMap<>();

        private Decisions(SegmentReason reason, Instant now) {
            this.reason = reason;
            this.now = now;
        }

        private void add(Place place, Ready segment, Outcome outcome, boolean wasIn) {
            UUID customer = place.customer();
            due(customer, outcome.until());
            if (outcome.holds() && !wasIn) {
                entered.add(new Entry(place, segment.version(), outcome.why()));
                events.add(
                        new CustomerEvent.SegmentEntered(
                                customer,
                                now,
                                segment.key(),
                                segment.version(),
                                reason,
                                outcome.why()));
            } else if (!outcome.holds() && wasIn) {
                left.add(place);
                events.add(
                        new CustomerEvent.SegmentLeft(
                                customer,
                                now,
                                segment.key(),
                                segment.version(),
                                reason,
                                outcome.why()));
            }
        }

        private void due(UUID customer, @Nullable Instant until) {
            if (until != null) {
                next.merge(customer, until, (one, other) -> one.isBefore(other) ? one : other);
            }
        }
    }
}

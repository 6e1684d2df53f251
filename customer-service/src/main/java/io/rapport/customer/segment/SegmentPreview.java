package io.rapport.customer.segment;

import io.rapport.customer.context.Figures;
import io.rapport.customer.context.FiguresReading;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerRows;
import io.rapport.customer.profile.CustomerStatus;
import io.rapport.customer.profile.CustomerView;
import io.rapport.customer.segment.PreviewView.Bound;
import io.rapport.customer.segment.PreviewView.Sample;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Holds conditions against customers in the order of their ids, by the rules that decide members,
 * until all are done or the time is over. Each part is read in a transaction of its own.
 */
@ApplicationScoped
class SegmentPreview {

    private static final int MOST_SAMPLES = 20;
    private static final int AT_ONCE = 500;

    private final Segments segments;
    private final SegmentDefinitions definitions;
    private final PlaceRows places;
    private final CustomerRows customers;
    private final FiguresReading figures;
    private final SegmentConfig config;
    private final Clock clock;

    SegmentPreview(
            Segments segments,
            SegmentDefinitions definitions,
            PlaceRows places,
            CustomerRows customers,
            FiguresReading figures,
            SegmentConfig config,
            Clock clock) {
        this.segments = segments;
        this.definitions = definitions;
        this.places = places;
        this.customers = customers;
        this.figures = figures;
        this.config = config;
        this.clock = clock;
    }

    PreviewView of(Condition condition) {
        ReadRule read = segments.read(condition);
        SegmentSet set = definitions.current();
        Instant now = clock.instant();
        long begun = System.nanoTime();
        long examined = 0;
        long count = 0;
        List<Sample> samples = new ArrayList<>();
        UUID after = null;
        boolean more = true;
        while (more && !isOver(begun)) {
            List<Customer> page = customers.list(null, after, AT_ONCE);
            List<Customer> active =
                    page.stream().filter(one -> one.status() == CustomerStatus.ACTIVE).toList();
            Judgements judgements = judgements(set, active, now);
            for (Customer customer : active) {
                Outcome outcome = judgements.of(customer).of(read.rule());
                count += outcome.holds() ? 1 : 0;
                if (outcome.holds() && samples.size() < MOST_SAMPLES) {
                    samples.add(new Sample(CustomerView.of(customer), outcome.why()));
                }
            }
            examined += active.size();
            more = page.size() == AT_ONCE;
            after = lastOf(page, after);
        }
        return new PreviewView(count, more ? Bound.AT_LEAST : Bound.EXACT, examined, samples);
    }

    private Judgements judgements(SegmentSet set, List<Customer> active, Instant now) {
        Map<UUID, Figures> told = figures.of(active);
        return new Judgements(set, told, places.of(active).overrides(), now);
    }

    private boolean isOver(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun).compareTo(config.previewTime()) > 0;
    }

    private static @Nullable UUID lastOf(List<Customer> page, @Nullable UUID before) {
        return page.isEmpty() ? before : page.getLast().id();
    }
}

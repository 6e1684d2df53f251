package io.rapport.customer.segment;

import io.rapport.customer.SegmentReason;
import io.rapport.customer.profile.Customer;
import io.rapport.platform.timer.TimerAction;
import io.rapport.platform.timer.Timers;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Decides about a customer at the instant at which time may change something. Decides all anew, so
 * a timer that is too early, or of a customer that was merged since, does no harm. Many that are
 * due together are decided together, until one of them cannot be.
 */
@ApplicationScoped
public class SegmentTimer implements TimerAction {

    static final String KIND = "segment-due";

    private final Timers timers;
    private final HeldCustomers held;
    private final SegmentDefinitions definitions;
    private final OverrideRows overrides;
    private final SegmentConfig config;
    private final Clock clock;

    /** How many it has begun to decide and not ended with. All timers are fired by one thread. */
    private int together;

    /** How many are decided alone next: who cannot be decided is put off then, and nobody else. */
    private int oneByOne;

    SegmentTimer(
            Timers timers,
            HeldCustomers held,
            SegmentDefinitions definitions,
            OverrideRows overrides,
            SegmentConfig config,
            Clock clock) {
        this.timers = timers;
        this.held = held;
        this.definitions = definitions;
        this.overrides = overrides;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void fire(UUID subject, Instant due) {
        List<UUID> customers = dueWith(subject);
        together = customers.size();
        Collection<Customer> decided = held.decide(customers, SegmentSet::all, SegmentReason.TIME);
        // What was said of a member counts for its survivor, and is written by who holds that.
        overrides.forgetExpired(
                decided.stream()
                        .filter(one -> one.merges().survivor() == null)
                        .flatMap(one -> one.all().stream())
                        .toList(),
                clock.instant());
        together = 0;
    }

    /** Who is decided with it: nobody for as many timers as were claimed by one that failed. */
    private List<UUID> dueWith(UUID subject) {
        if (together > 1) {
            oneByOne = together;
        }
        if (oneByOne > 0) {
            oneByOne--;
            return List.of(subject);
        }
        int most = config.customersAtOnce(definitions.current().all().size());
        List<UUID> others = timers.claimMore(KIND, most - 1);
        return Stream.concat(Stream.of(subject), others.stream()).distinct().toList();
    }
}

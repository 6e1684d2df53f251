package io.rapport.customer.segment;

import io.rapport.customer.context.Figures;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerStatus;
import io.rapport.customer.segment.Rule.Moment;
import io.rapport.customer.segment.SegmentSet.Ready;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * Holds customers against segments at one instant. Depends on nothing else than what it is given.
 */
record Judgements(
        SegmentSet set,
        Map<UUID, Figures> figures,
        Map<UUID, List<SegmentOverride>> overrides,
        Instant now) {

    private static final Outcome OUTSIDE = new Outcome(false, List.of(), null);

    Judgement of(Customer customer) {
        return new Judgement(
                this,
                new Facts(customer, figures.getOrDefault(customer.id(), Figures.NONE)),
                overrides.getOrDefault(customer.id(), List.of()));
    }

    /** Of one customer: each segment is decided once. For one thread. */
    static final class Judgement {

        private final Judgements all;
        private final Facts facts;
        private final List<SegmentOverride> overrides;
        private final Map<String, Outcome> decided = new HashMap<>();

        private Judgement(Judgements all, Facts facts, List<SegmentOverride> overrides) {
            this.all = all;
            this.facts = facts;
            this.overrides = overrides;
        }

        /** Whether the customer is in the segment; who was merged or erased is in none. */
        Outcome of(Ready segment) {
            Outcome known = decided.get(segment.key());
            if (known == null) {
                known = decide(segment);
                decided.put(segment.key(), known);
            }
            return known;
        }

        /** Whether a rule holds; in a segment that was deleted meanwhile nobody is. */
        Outcome of(Rule rule) {
            Function<String, Outcome> others =
                    key -> all.set.find(key).map(this::of).orElse(OUTSIDE);
            return rule.of(facts, new Moment(all.now, others));
        }

        private Outcome decide(Ready segment) {
            if (facts.customer().status() != CustomerStatus.ACTIVE || !segment.active()) {
                return OUTSIDE;
            }
            return overrides.stream()
                    .filter(one -> one.segment().equals(segment.key()) && one.holdsAt(all.now))
                    .findFirst()
                    .map(SegmentOverride::outcome)
                    .orElseGet(() -> of(segment.rule()));
        }
    }
}

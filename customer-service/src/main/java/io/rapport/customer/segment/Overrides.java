package io.rapport.customer.segment;

import io.rapport.customer.SegmentReason;
import io.rapport.customer.profile.ChangeActor;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerRegister;
import io.rapport.customer.profile.Times;
import io.rapport.customer.segment.Memberships.Concern;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says of a customer that it is in a segment, or not, and takes that back. Its row is held, so that
 * whoever decides about it meanwhile comes before or after. What ends by itself ends by the timer.
 */
@ApplicationScoped
class Overrides {

    private final Segments segments;
    private final SegmentRows rows;
    private final OverrideRows overrides;
    private final CustomerRegister customers;
    private final SegmentDefinitions definitions;
    private final Memberships memberships;
    private final ChangeActor actor;
    private final Clock clock;

    Overrides(
            Segments segments,
            SegmentRows rows,
            OverrideRows overrides,
            CustomerRegister customers,
            SegmentDefinitions definitions,
            Memberships memberships,
            ChangeActor actor,
            Clock clock) {
        this.segments = segments;
        this.rows = rows;
        this.overrides = overrides;
        this.customers = customers;
        this.definitions = definitions;
        this.memberships = memberships;
        this.actor = actor;
        this.clock = clock;
    }

    /** In place of what was said before of this customer, and of all who were merged into it. */
    @Transactional
    OverrideView put(String segment, CustomerReference reference, OverrideTerms terms) {
        Customer held = customers.hold(reference);
        segments.require(segment);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        OverrideView override =
                new OverrideView(
                        segment,
                        held.id(),
                        terms.decision(),
                        actor.current().subject(),
                        terms.reason(),
                        now,
                        end(terms, now));
        overrides.put(override);
        decide(segment, held);
        return override;
    }

    /** 404 when nothing was said. Takes back what was said of any who were merged into it, too. */
    @Transactional
    OverrideView delete(String segment, CustomerReference reference) {
        Customer held = customers.hold(reference);
        segments.require(segment);
        OverrideView gone =
                overrides.delete(segment, held.all()).stream()
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        Refusal.notFound(
                                                "no-override",
                                                "Nothing was said of this customer and this segment."));
        decide(segment, held);
        return gone;
    }

    private void decide(String segment, Customer held) {
        SegmentSet set = definitions.current();
        Set<String> concerned = rows.dependants(segment);
        memberships.decide(
                set, List.of(new Concern(held, set.of(concerned))), SegmentReason.OVERRIDE);
    }

    private static @Nullable Instant end(OverrideTerms terms, Instant now) {
        Instant end = Times.parse("/expiresAt", terms.expiresAt());
        if (end != null && !end.isAfter(now)) {
            throw Refusal.invalid(
                    "invalid-fields",
                    "Some fields are not as they must be.",
                    new FieldError("/expiresAt", "must lie ahead"));
        }
        return end == null ? null : end.truncatedTo(ChronoUnit.MICROS);
    }
}

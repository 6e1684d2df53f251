package io.rapport.customer.segment;

import io.rapport.customer.SegmentReason;
import io.rapport.customer.profile.ChangeActor;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerRegister;
import io.rapport.customer.profile.ETags;
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
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Says of a customer that it is in a segment, or not, and takes that back. Its row is held, so that
 * whoever decides about it meanwhile comes before or after. What ends by itself ends by the timer.
 */
@ApplicationScoped
class Overrides {

    /** The override as it is now, and whether nothing held before. */
    record Put(OverrideView override, boolean made) {}

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

    /**
     * What holds of whoever answers for the customer; of several who were merged, what decides. 404
     * when nothing does.
     */
    OverrideView require(String segment, Customer customer) {
        segments.require(segment);
        return find(segment, customer, now()).orElseThrow(Overrides::unknown);
    }

    private Optional<OverrideView> find(String segment, Customer customer, Instant now) {
        return overrides.of(segment, customer.all(), now).stream()
                .min(
                        SegmentOverride.deciding(
                                customer.id(), OverrideView::customer, OverrideView::decision));
    }

    /** What held of the customer and of all who were merged into it, the last first. */
    List<OverrideView> past(
            String segment, Customer customer, Instant before, UUID beforeCustomer, int limit) {
        segments.require(segment);
        return overrides.past(segment, customer.all(), now(), before, beforeCustomer, limit);
    }

    /**
     * In place of what was said before of this customer, and of all who were merged into it. Where
     * nothing holds, {@code If-None-Match: *} says it; what holds is replaced with its ETag in
     * {@code If-Match}. The row of the customer lets one after the other do so.
     */
    @Transactional
    Put put(
            String segment,
            CustomerReference reference,
            OverrideTerms terms,
            @Nullable String ifMatch,
            @Nullable String ifNoneMatch) {
        Customer held = customers.hold(reference);
        segments.require(segment);
        Instant now = now();
        Optional<OverrideView> known = find(segment, held, now);
        if (known.isEmpty()) {
            ETags.requireMayMake(ifMatch, ifNoneMatch);
        } else {
            if (!ETags.noneMatch(ifNoneMatch, known.get().version())) {
                throw exists();
            }
            ETags.requireMatch(ifMatch, known.get().version());
        }
        OverrideView override =
                new OverrideView(
                        segment,
                        held.id(),
                        terms.decision(),
                        actor.current().subject(),
                        terms.reason(),
                        after(overrides.last(segment, held.id()), now),
                        end(terms, now),
                        null,
                        null);
        overrides.takeBack(segment, held.all(), override.author(), override.madeAt());
        overrides.put(override);
        decide(segment, held);
        return new Put(override, known.isEmpty());
    }

    /** So that no two have one ETag. */
    private static Instant after(@Nullable Instant last, Instant now) {
        return last == null || now.isAfter(last) ? now : last.plus(1, ChronoUnit.MICROS);
    }

    /**
     * 404 when nothing holds. Takes back what was said of any who were merged into it, too, and
     * answers what decided.
     */
    @Transactional
    OverrideView delete(String segment, CustomerReference reference, @Nullable String ifMatch) {
        Customer held = customers.hold(reference);
        OverrideView gone = require(segment, held);
        ETags.requireMatch(ifMatch, gone.version());
        Instant now = now();
        overrides.takeBack(segment, held.all(), actor.current().subject(), now);
        decide(segment, held);
        return gone;
    }

    private static Refusal unknown() {
        return Refusal.notFound(
                "no-override", "Nothing was said of this customer and this segment.");
    }

    private static Refusal exists() {
        return Refusal.preconditionFailed(
                "override-exists", "Something was said of this customer and this segment already.");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
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

package io.rapport.customer.consent;

import static io.rapport.customer.consent.ConsentRecord.Kind.GIVEN;
import static io.rapport.customer.consent.ConsentRecord.Kind.WITHDRAWN;

import io.rapport.customer.CustomerEvent;
import io.rapport.customer.identity.OwnSources;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerRegister;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Refusal;
import io.rapport.platform.event.Cause;
import io.rapport.platform.event.Outbox;
import io.rapport.platform.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Records what is said of consents. The customer's row is held meanwhile: what is said of one
 * matter is recorded one after the other, and events lie in the log in the order in which what
 * holds has changed.
 */
@ApplicationScoped
class ConsentRegister {

    /** What was recorded, and what holds with it. */
    record Recorded(ConsentRecord record, ConsentDecision decision) {}

    private final CustomerRegister customers;
    private final OwnSources sources;
    private final Purposes purposes;
    private final ConsentRows rows;
    private final Outbox outbox;
    private final Caller caller;
    private final Clock clock;

    ConsentRegister(
            CustomerRegister customers,
            OwnSources sources,
            Purposes purposes,
            ConsentRows rows,
            Outbox outbox,
            Caller caller,
            Clock clock) {
        this.customers = customers;
        this.sources = sources;
        this.purposes = purposes;
        this.rows = rows;
        this.outbox = outbox;
        this.caller = caller;
        this.clock = clock;
    }

    /** Gives the consent, which counts at once unless its purpose asks for a confirmation. */
    @Transactional
    Recorded give(CustomerReference reference, NewConsent given) {
        Customer customer = hold(reference);
        PurposeTerms terms = purposes.keep(given.purpose()).offered(given.channel());
        Matter matter = new Matter(customer.id(), given.purpose(), given.channel());
        List<ConsentRecord> before = rows.of(matter);
        ConsentRoom.requireForGiving(before, given.evidence().source(), caller.isStaff());
        Instant now = now(before);
        Instant occurredAt = given.evidence().occurredBefore(now);
        ConsentRoom.requireTimely(before, occurredAt, now);
        Instant end = given.end(occurredAt, terms.end(occurredAt, zone(customer)));
        return record(
                before,
                ConsentRecord.given(matter, given.evidence(), now, end, terms.doubleOptIn()));
    }

    /** Confirms a giving; again: what was recorded first. */
    @Transactional
    Recorded confirm(CustomerReference reference, UUID consent, Confirmation confirmation) {
        Customer customer = hold(reference);
        ConsentRecord giving = requireGiving(customer.id(), consent);
        List<ConsentRecord> before = rows.of(giving.matter());
        Instant now = now(before);
        Optional<ConsentRecord> earlier =
                before.stream().filter(record -> consent.equals(record.confirms())).findFirst();
        if (earlier.isPresent()) {
            return new Recorded(earlier.get(), ConsentFold.decide(customer.id(), before, now));
        }
        requireConfirmable(giving, before, now);
        return record(before, giving.confirmed(confirmation.evidence(), now));
    }

    /** Withdraws the consent, whether there was one or not; never refused for want of room. */
    @Transactional
    Recorded withdraw(CustomerReference reference, Withdrawal withdrawal) {
        Customer customer = hold(reference);
        purposes.keep(withdrawal.purpose());
        Matter matter = new Matter(customer.id(), withdrawal.purpose(), withdrawal.channel());
        List<ConsentRecord> before = rows.of(matter);
        Instant now = now(before);
        ConsentRecord withdrawn = ConsentRecord.withdrawn(matter, withdrawal.evidence(), now);
        Optional<ConsentRecord> earlier = ConsentRoom.insteadOf(withdrawn, before);
        return earlier.isPresent()
                ? new Recorded(earlier.get(), ConsentFold.decide(customer.id(), before, now))
                : record(before, withdrawn);
    }

    private Customer hold(CustomerReference reference) {
        Customer held = customers.hold(reference);
        sources.require(held);
        return held;
    }

    /** Tells others when the record decides what holds from now on; else it is evidence only. */
    private Recorded record(List<ConsentRecord> before, ConsentRecord record) {
        rows.insert(record, caller.subject(), Cause.current().correlationId());
        List<ConsentRecord> all = Stream.concat(before.stream(), Stream.of(record)).toList();
        ConsentDecision decision = ConsentFold.decide(record.customer(), all, record.recordedAt());
        if (decision.isDecidedBy(record)) {
            outbox.publish(event(record, decision.record()));
        }
        return new Recorded(record, decision);
    }

    private static CustomerEvent event(ConsentRecord record, @Nullable ConsentRecord deciding) {
        if (deciding == null || deciding.is(WITHDRAWN)) {
            return new CustomerEvent.ConsentWithdrawn(
                    record.customer(),
                    record.occurredAt(),
                    record.id(),
                    record.purpose(),
                    record.channel(),
                    record.occurredAt());
        }
        return new CustomerEvent.ConsentGiven(
                record.customer(),
                record.occurredAt(),
                deciding.id(),
                record.purpose(),
                record.channel(),
                deciding.occurredAt(),
                deciding.validUntil());
    }

    /**
     * One that a source of the caller has recorded; any other is answered as if there were none.
     */
    private ConsentRecord requireGiving(UUID customer, UUID consent) {
        return rows.find(customer, consent)
                .filter(record -> record.is(GIVEN) && caller.speaksFor(record.source()))
                .orElseThrow(
                        () ->
                                Refusal.notFound(
                                        "unknown-consent",
                                        "This customer has given no consent with this id."));
    }

    private static void requireConfirmable(
            ConsentRecord giving, List<ConsentRecord> before, Instant now) {
        if (!giving.needsConfirmation()) {
            throw Refusal.conflict(
                    "confirmation-not-needed", "This consent counts without a confirmation.");
        }
        if (before.stream()
                .anyMatch(
                        record -> record.is(WITHDRAWN) && ConsentFold.isEndedBy(record, giving))) {
            throw Refusal.conflict(
                    "consent-withdrawn",
                    "This consent was withdrawn since; ask for it anew, and confirm that one.");
        }
        if (giving.hasEnded(now)) {
            throw Refusal.conflict(
                    "consent-expired",
                    "The time of this consent is over; ask for it anew, and confirm that one.");
        }
    }

    /**
     * After all that is known of the matter, whichever replica recorded it: what is said now, with
     * no time of its own, is said last.
     */
    private Instant now(List<ConsentRecord> before) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return before.stream()
                .map(record -> record.recordedAt().plus(1, ChronoUnit.MICROS))
                .filter(now::isBefore)
                .max(Comparator.naturalOrder())
                .orElse(now);
    }

    /** Periods end by the customer's own calendar. */
    private static ZoneId zone(Customer customer) {
        String zone = customer.profile().timeZone();
        return zone == null ? ZoneOffset.UTC : ZoneId.of(zone);
    }
}

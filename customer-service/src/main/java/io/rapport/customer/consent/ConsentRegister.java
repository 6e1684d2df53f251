package io.rapport.customer.consent;

import static io.rapport.customer.consent.ConsentRecord.Kind.GIVEN;
import static io.rapport.customer.consent.ConsentRecord.Kind.WITHDRAWN;

import io.rapport.customer.Channel;
import io.rapport.customer.CustomerEvent;
import io.rapport.customer.identity.OwnSources;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerRegister;
import io.rapport.customer.profile.CustomerRows;
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

    /** All that was said of one matter by a customer and by whoever was ever one with it. */
    private record Told(MergePeriods periods, List<ConsentRecord> records) {
        ConsentDecision decision(Instant at) {
            return ConsentFold.decide(periods.membersAt(at), records, periods, at);
        }

        Told and(ConsentRecord record) {
            return new Told(periods, Stream.concat(records.stream(), Stream.of(record)).toList());
        }

        /** Without withdrawals that may not speak of all who are one now. */
        List<ConsentRecord> speakingOfAll() {
            Instant last = periods.last();
            return records.stream()
                    .filter(record -> !record.is(WITHDRAWN) || record.recordedAt().isAfter(last))
                    .toList();
        }
    }

    private final CustomerRegister customers;
    private final CustomerRows everybody;
    private final OwnSources sources;
    private final Purposes purposes;
    private final MergePeriodRows merges;
    private final ConsentRows rows;
    private final Outbox outbox;
    private final Caller caller;
    private final Clock clock;

    ConsentRegister(
            CustomerRegister customers,
            CustomerRows everybody,
            OwnSources sources,
            Purposes purposes,
            MergePeriodRows merges,
            ConsentRows rows,
            Outbox outbox,
            Caller caller,
            Clock clock) {
        this.customers = customers;
        this.everybody = everybody;
        this.sources = sources;
        this.purposes = purposes;
        this.merges = merges;
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
        Told said = told(customer, given.purpose(), given.channel());
        ConsentRoom.requireForGiving(said.records, given.evidence().source(), caller.isStaff());
        Instant now = now(said);
        Instant occurredAt = given.evidence().occurredBefore(now);
        ConsentRoom.requireTimely(said.records, occurredAt, now);
        Instant end = given.end(occurredAt, terms.end(occurredAt, zone(customer)));
        Matter matter = new Matter(speaker(reference, customer), given.purpose(), given.channel());
        return record(
                said, ConsentRecord.given(matter, given.evidence(), now, end, terms.doubleOptIn()));
    }

    /** Confirms a giving; again: what was recorded first. */
    @Transactional
    Recorded confirm(CustomerReference reference, UUID consent, Confirmation confirmation) {
        Customer customer = hold(reference);
        ConsentRecord giving = requireGiving(customer.all(), consent);
        Told said = told(customer, giving.purpose(), giving.channel());
        Instant now = now(said);
        Optional<ConsentRecord> earlier =
                said.records.stream()
                        .filter(record -> consent.equals(record.confirms()))
                        .findFirst();
        if (earlier.isPresent()) {
            return new Recorded(earlier.get(), said.decision(now));
        }
        requireConfirmable(giving, said.records, now);
        return record(said, giving.confirmed(confirmation.evidence(), now));
    }

    /** Withdraws the consent, whether there was one or not; never refused for want of room. */
    @Transactional
    Recorded withdraw(CustomerReference reference, Withdrawal withdrawal) {
        Customer customer = hold(reference);
        purposes.keep(withdrawal.purpose());
        Told said = told(customer, withdrawal.purpose(), withdrawal.channel());
        Instant now = now(said);
        Matter matter =
                new Matter(
                        speaker(reference, customer), withdrawal.purpose(), withdrawal.channel());
        ConsentRecord withdrawn = ConsentRecord.withdrawn(matter, withdrawal.evidence(), now);
        Optional<ConsentRecord> earlier = ConsentRoom.insteadOf(withdrawn, said.speakingOfAll());
        return earlier.isPresent()
                ? new Recorded(earlier.get(), said.decision(now))
                : record(said, withdrawn);
    }

    private Customer hold(CustomerReference reference) {
        Customer held = customers.hold(reference);
        sources.require(held);
        return held;
    }

    private Told told(Customer customer, String purpose, Channel channel) {
        MergePeriods periods = merges.of(customer.id());
        return new Told(periods, rows.of(periods.all(), purpose, channel));
    }

    /** Facts stay with the id that they arrive on, also while it answers as a survivor. */
    private UUID speaker(CustomerReference reference, Customer held) {
        return held.hasMembers()
                ? everybody.named(reference).orElseThrow(CustomerRows::unknown).customer().id()
                : held.id();
    }

    /** Tells others when the record decides what holds from now on; else it is evidence only. */
    private Recorded record(Told before, ConsentRecord record) {
        rows.insert(record, caller.subject(), Cause.current().correlationId());
        ConsentDecision decision = before.and(record).decision(record.recordedAt());
        if (decision.isDecidedBy(record)) {
            outbox.publish(event(before.periods.customer(), record, decision.record()));
        }
        return new Recorded(record, decision);
    }

    private static CustomerEvent event(
            UUID customer, ConsentRecord record, @Nullable ConsentRecord deciding) {
        if (deciding == null || deciding.is(WITHDRAWN)) {
            return new CustomerEvent.ConsentWithdrawn(
                    customer,
                    record.occurredAt(),
                    record.id(),
                    record.purpose(),
                    record.channel(),
                    record.occurredAt());
        }
        return new CustomerEvent.ConsentGiven(
                customer,
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
    private ConsentRecord requireGiving(List<UUID> customers, UUID consent) {
        return rows.find(customers, consent)
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
    private Instant now(Told before) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return Stream.concat(
                        Stream.of(before.periods.last()),
                        before.records.stream().map(ConsentRecord::recordedAt))
                .map(known -> known.plus(1, ChronoUnit.MICROS))
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

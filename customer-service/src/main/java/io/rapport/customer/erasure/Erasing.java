package io.rapport.customer.erasure;

import io.rapport.customer.CustomerEvent;
import io.rapport.customer.erasure.NamesHeld.Names;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerRegister;
import io.rapport.customer.profile.CustomerRows;
import io.rapport.customer.profile.ErasedIdentities;
import io.rapport.customer.profile.MergeLinks;
import io.rapport.customer.profile.Merged;
import io.rapport.customer.profile.WrittenCustomers;
import io.rapport.customer.profile.WrittenCustomers.Written;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Ids;
import io.rapport.platform.event.Outbox;
import io.rapport.platform.event.Topic;
import io.rapport.platform.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Erases a customer, and all who were merged into it, in one transaction that holds the rows of all
 * in the order of their ids: whoever writes one of them comes before and is erased with it, or
 * after and is refused. It tells the other services, who erase what they hold.
 */
@ApplicationScoped
class Erasing {

    private final CustomerRows customers;
    private final CustomerRegister register;
    private final MergeLinks links;
    private final LegalHoldRows holds;
    private final NamesHeld names;
    private final ErasedIdentities erasedIdentities;
    private final PersonalRows personal;
    private final WrittenCopies copies;
    private final ErasureRows erasures;
    private final Event<WrittenCustomers> written;
    private final Outbox outbox;
    private final TransactionSynchronizationRegistry transaction;
    private final Caller caller;
    private final Clock clock;

    Erasing(
            CustomerRows customers,
            CustomerRegister register,
            MergeLinks links,
            LegalHoldRows holds,
            NamesHeld names,
            ErasedIdentities erasedIdentities,
            PersonalRows personal,
            WrittenCopies copies,
            ErasureRows erasures,
            Event<WrittenCustomers> written,
            Outbox outbox,
            TransactionSynchronizationRegistry transaction,
            Caller caller,
            Clock clock) {
        this.customers = customers;
        this.register = register;
        this.links = links;
        this.holds = holds;
        this.names = names;
        this.erasedIdentities = erasedIdentities;
        this.personal = personal;
        this.copies = copies;
        this.erasures = erasures;
        this.written = written;
        this.outbox = outbox;
        this.transaction = transaction;
        this.caller = caller;
        this.clock = clock;
    }

    /** What would go, found by taking it away and bringing it back; refused as the erasure is. */
    @Transactional
    ErasurePreview preview(CustomerReference reference) {
        Merged held = hold(reference);
        List<UUID> ids = ids(held);
        ErasurePreview gone =
                new ErasurePreview(ids, personal.erase(ids, names.of(ids).identities(), now()));
        transaction.setRollbackOnly();
        return gone;
    }

    /**
     * Begins an erasure: what customer-service held has gone when this commits. Answers the id
     * under which the customer answered.
     */
    @Transactional(TxType.MANDATORY)
    UUID erase(CustomerReference reference, ErasureReason reason) {
        Merged held = hold(reference);
        Instant now = now();
        List<UUID> ids = ids(held);
        Names gone = names.of(ids);
        erasedIdentities.keep(gone.identities(), gone.values(), now);
        long duplicates = personal.duplicates(ids);
        written.fire(written(held, now));
        SortedMap<String, Long> counts = personal.erase(ids, gone.identities(), now);
        counts.put(PersonalRows.DUPLICATE_PAIRS, duplicates);
        ErasureRows.Row begun =
                new ErasureRows.Row(
                        Ids.next(),
                        ids,
                        reason,
                        caller.subject(),
                        now,
                        counts,
                        erasures.filesCleanBy(),
                        copies.cancelFiles(ids),
                        null);
        erasures.insert(begun);
        tell(held, begun);
        return held.own().id();
    }

    /** The customer and its members; 404, 410, or 409 under a legal hold. */
    private Merged hold(CustomerReference reference) {
        Customer named =
                customers
                        .named(reference)
                        .orElseThrow(() -> customers.missing(reference))
                        .customer()
                        .requireNotErased();
        UUID whole = Optional.ofNullable(named.merges().survivor()).orElse(named.id());
        List<UUID> seen = ids(links.of(whole));
        register.lock(seen);
        Merged held = links.of(whole);
        held.own().requireNotErased();
        if (!ids(held).equals(seen)
                || !seen.contains(named.id())
                || held.own().merges().survivor() != null) {
            throw Customer.mergedMeanwhile();
        }
        holds.requireNoneInForce(seen);
        return held;
    }

    /** In the order in which all are locked. */
    private static List<UUID> ids(Merged whole) {
        return whole.each().map(Customer::id).sorted(Ids.BY_VALUE).toList();
    }

    /** As whom they answered, for those who keep what depends on it. */
    private static WrittenCustomers written(Merged held, Instant now) {
        return new WrittenCustomers(
                Stream.concat(
                                Stream.of(new Written(held.view(), held.own().erased(now))),
                                held.members().stream()
                                        .map(
                                                member ->
                                                        new Written(
                                                                member.customer(),
                                                                member.customer().erased(now))))
                        .toList());
    }

    /**
     * Tombstones come before the events in the outbox, and the relay keeps that order: who has seen
     * an event knows that its tombstone was sent.
     */
    private void tell(Merged held, ErasureRows.Row begun) {
        held.each()
                .sorted((one, other) -> Ids.BY_VALUE.compare(one.id(), other.id()))
                .forEach(
                        customer ->
                                outbox.tombstone(
                                        Topic.PROFILES, customer.id(), customer.version() + 1));
        outbox.publishAll(
                begun.customers().stream()
                        .map(
                                id ->
                                        new CustomerEvent.ErasureRequested(
                                                id,
                                                begun.requestedAt(),
                                                begun.id(),
                                                begun.requestedAt()))
                        .toList());
        outbox.erase(begun.customers());
        copies.forgetAnswers(begun.customers());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}

package io.rapport.customer.profile;

import io.rapport.customer.Identity;
import io.rapport.customer.profile.WrittenCustomers.Written;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Ids;
import io.rapport.platform.Refusal;
import io.rapport.platform.event.Outbox;
import io.rapport.platform.event.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Writes customers: each new version, what it changed, its event and its snapshot are one
 * transaction. All that a customer's snapshot holds is changed here.
 */
@ApplicationScoped
public class CustomerRegister {

    private final CustomerRows rows;
    private final CustomerReading reading;
    private final ContactPointRows contactPoints;
    private final RelationRows relations;
    private final AttributeRows attributes;
    private final PreferenceRows preferences;
    private final CustomerAttributes definitions;
    private final MergeLinks links;
    private final ChangeLog changeLog;
    private final Event<WrittenCustomers> written;
    private final Event<PublishedCustomers> published;
    private final Outbox outbox;
    private final Clock clock;

    CustomerRegister(
            CustomerRows rows,
            CustomerReading reading,
            ContactPointRows contactPoints,
            RelationRows relations,
            AttributeRows attributes,
            PreferenceRows preferences,
            CustomerAttributes definitions,
            MergeLinks links,
            ChangeLog changeLog,
            Event<WrittenCustomers> written,
            Event<PublishedCustomers> published,
            Outbox outbox,
            Clock clock) {
        this.rows = rows;
        this.reading = reading;
        this.contactPoints = contactPoints;
        this.relations = relations;
        this.attributes = attributes;
        this.preferences = preferences;
        this.definitions = definitions;
        this.links = links;
        this.changeLog = changeLog;
        this.written = written;
        this.published = published;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Makes a customer without identities. */
    @Transactional
    public Customer register(Profile profile) {
        return register(Ids.next(), profile, List.of());
    }

    /** Makes a customer whose identities the caller has claimed in the same transaction. */
    @Transactional(TxType.MANDATORY)
    public Customer register(UUID id, Profile profile, List<Identity> identities) {
        CustomerWrite registration = registration(id, profile, identities);
        rows.insert(List.of(registration.own()));
        record(List.of(registration), false);
        return registration.answer();
    }

    /** A new customer, not written yet: see {@link #writeMany(List)}. */
    @Transactional(value = TxType.MANDATORY, dontRollbackOn = Refusal.class)
    public CustomerWrite registration(UUID id, Profile profile, List<Identity> identities) {
        return draft(id, definitions.requireDefined(profile), identities);
    }

    /**
     * The same of a profile without custom attributes, for which the database is not asked: to be
     * registered by {@link #registration(CustomerWrite)} when its turn has come.
     */
    public CustomerWrite draft(UUID id, Profile profile, List<Identity> identities) {
        return CustomerWrite.registration(Customer.register(id, profile, identities, now()));
    }

    /** A draft as it is registered now, not written yet. */
    public CustomerWrite registration(CustomerWrite draft) {
        return draft.registeredAt(now());
    }

    /** What {@code edited} makes of a customer that the caller holds, not written yet. */
    @Transactional(value = TxType.MANDATORY, dontRollbackOn = Refusal.class)
    public CustomerWrite edition(Customer held, Customer edited) {
        return made(held, edited).orElseThrow(CustomerRegister::movedOn);
    }

    /**
     * Writes customers by few statements, however many they are: new ones, whose identities the
     * caller has claimed, and next versions of those that it holds, each customer once. Whom they
     * may be duplicates of by likeness is not looked at: the caller does so later, of those that
     * this answers.
     */
    @Transactional(TxType.MANDATORY)
    public List<Written> writeMany(List<CustomerWrite> writes) {
        if (writes.isEmpty()) {
            return List.of();
        }
        rows.insert(own(writes, CustomerWrite::isRegistration));
        if (!rows.update(own(writes, write -> !write.isRegistration()))) {
            throw movedOn();
        }
        return record(writes, true);
    }

    private static List<Customer> own(List<CustomerWrite> writes, Predicate<CustomerWrite> which) {
        return writes.stream().filter(which).map(CustomerWrite::own).toList();
    }

    /**
     * Edits the version that {@code ifMatch} names: 428 without one, 412 when it has moved on. Of
     * those who edit one version, the lock of the customer's row lets one through. The answer tells
     * the customer's version also where nothing changes.
     */
    @Transactional
    public Customer change(
            CustomerReference reference, @Nullable String ifMatch, UnaryOperator<Customer> edit) {
        Customer found = reading.of(reference);
        return edit(
                found,
                current -> {
                    requireStill(reference, found, current);
                    ETags.requireMatch(ifMatch, current.version());
                    return edit.apply(current);
                });
    }

    /**
     * Writes what {@code edit} makes of {@code current} as its next version. When another writer
     * was faster, that one's version is held until the transaction ends, and edited instead, or
     * refused.
     */
    @Transactional(TxType.MANDATORY)
    public Customer edit(Customer current, UnaryOperator<Customer> edit) {
        return write(current, edit.apply(current))
                .or(
                        () -> {
                            rows.lock(current.id());
                            Customer held = rows.require(current.id());
                            return write(held, edit.apply(held));
                        })
                .orElseThrow(CustomerRegister::movedOn);
    }

    /** Empty when {@code current} is no longer the current version. */
    private Optional<Customer> write(Customer current, Customer edited) {
        return made(current, edited)
                .filter(write -> write.changesNothing() || rows.update(List.of(write.own())))
                .map(
                        write -> {
                            if (!write.changesNothing()) {
                                record(List.of(write), false);
                            }
                            return write.answer();
                        });
    }

    /** Empty when {@code current} is seen to be no longer the current version. */
    private Optional<CustomerWrite> made(Customer current, Customer edited) {
        Customer changed = current.change(definitions.requireDefined(current, edited), now());
        if (changed.version() == current.version()) {
            return Optional.of(CustomerWrite.nothing(current));
        }
        UUID id = current.id();
        relations.requirePossible(current, changed.relations());
        Merged before = current.hasMembers() ? links.of(id) : new Merged(current, List.of());
        return before.own().version() == current.version()
                ? Optional.of(CustomerWrite.edition(before, current, changed))
                : Optional.empty();
    }

    /** All that goes with the rows of these customers. */
    private List<Written> record(List<CustomerWrite> writes, boolean comparedLater) {
        contactPoints.replace(writes);
        writes.forEach(this::replaceOthers);
        changeLog.record(writes);
        List<Written> each = writes.stream().map(CustomerWrite::written).toList();
        written.fire(new WrittenCustomers(each, comparedLater));
        outbox.snapshots(Topic.PROFILES, writes.stream().map(ProfileSnapshot::message).toList());
        outbox.publishAll(writes.stream().map(CustomerWrite::event).toList());
        published.fire(new PublishedCustomers(each));
        return each;
    }

    private void replaceOthers(CustomerWrite write) {
        UUID id = write.id();
        Customer own = write.own();
        attributes.replace(
                id,
                write.ownBefore(before -> before.profile().attributes(), Map.of()),
                own.profile().attributes());
        preferences.replace(
                id, write.ownBefore(Customer::preferences, List.of()), own.preferences());
        relations.replace(id, write.ownBefore(Customer::relations, List.of()), own.relations());
        links.keepEdits(write.after().members());
    }

    private static IllegalStateException movedOn() {
        return new IllegalStateException("a version that was held has moved on");
    }

    /**
     * Holds the customer that a change means until the transaction ends: 404 when there is none,
     * 410 when it was erased; one that was merged is its survivor. The answer tells the customer's
     * version, whether something is written or not.
     */
    @Transactional(TxType.MANDATORY)
    public Customer hold(CustomerReference reference) {
        Customer found = reading.of(reference);
        rows.lock(found.id());
        Customer held = rows.require(found.id());
        requireStill(reference, found, held);
        return held;
    }

    /** The same for the very customers with these ids, held in the order of their ids by all. */
    @Transactional(TxType.MANDATORY)
    public List<Customer> hold(List<UUID> customers) {
        lock(customers);
        return customers.stream().map(rows::require).toList();
    }

    /** Holds the rows of these customers in the order of their ids, whatever became of them. */
    @Transactional(TxType.MANDATORY)
    public void lock(List<UUID> customers) {
        customers.stream().sorted(Ids.BY_VALUE).forEach(rows::lock);
    }

    /** What was said under a member's name is not said of a survivor that it has left. */
    private void requireStill(CustomerReference reference, Customer found, Customer current) {
        if (found.hasMembers()
                && current.version() != found.version()
                && !rows.require(reference).customer().id().equals(found.id())) {
            throw Customer.mergedMeanwhile();
        }
    }

    /** As precise as the database keeps it, so that an answer equals the read that follows. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}

package io.rapport.customer.profile;

import io.rapport.customer.CustomerEvent;
import io.rapport.customer.Identity;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Ids;
import io.rapport.platform.event.Outbox;
import io.rapport.platform.event.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Writes customers: each new version, what it changed, its event and its snapshot are one
 * transaction. All that a customer's snapshot holds is changed here.
 */
@ApplicationScoped
public class CustomerRegister {

    private final CustomerRows rows;
    private final ContactPointRows contactPoints;
    private final RelationRows relations;
    private final AttributeRows attributes;
    private final PreferenceRows preferences;
    private final CustomerAttributes definitions;
    private final MergeLinks links;
    private final ChangeLog changeLog;
    private final Outbox outbox;
    private final Clock clock;

    CustomerRegister(
            CustomerRows rows,
            ContactPointRows contactPoints,
            RelationRows relations,
            AttributeRows attributes,
            PreferenceRows preferences,
            CustomerAttributes definitions,
            MergeLinks links,
            ChangeLog changeLog,
            Outbox outbox,
            Clock clock) {
        this.rows = rows;
        this.contactPoints = contactPoints;
        this.relations = relations;
        this.attributes = attributes;
        this.preferences = preferences;
        this.definitions = definitions;
        this.links = links;
        this.changeLog = changeLog;
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
        Customer customer =
                Customer.register(id, definitions.requireDefined(profile), identities, now());
        rows.insert(customer);
        contactPoints.replace(id, List.of(), customer.profile().contactPoints());
        attributes.replace(id, Map.of(), customer.profile().attributes());
        changeLog.registered(customer);
        outbox.snapshot(Topic.PROFILES, id, customer.version(), ProfileSnapshot.of(customer));
        outbox.publish(
                new CustomerEvent.Registered(
                        id,
                        customer.createdAt(),
                        Objects.requireNonNull(customer.profile().kind())));
        return customer;
    }

    /**
     * Edits the version that {@code ifMatch} names: 428 without one, 412 when it has moved on. Of
     * those who edit one version, the lock of the customer's row lets one through.
     */
    @Transactional
    public Customer change(
            CustomerReference reference, @Nullable String ifMatch, UnaryOperator<Customer> edit) {
        Customer found = rows.require(reference).customer();
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
                .orElseThrow(
                        () -> new IllegalStateException("a version that was held has moved on"));
    }

    /** Empty when {@code current} is no longer the current version. */
    private Optional<Customer> write(Customer current, Customer edited) {
        Customer changed = current.change(definitions.requireDefined(current, edited), now());
        if (changed.version() == current.version()) {
            return Optional.of(current);
        }
        UUID id = changed.id();
        relations.requirePossible(id, current.relations(), changed.relations());
        Merged before = current.hasMembers() ? links.of(id) : new Merged(current, List.of());
        if (before.own().version() != current.version()) {
            return Optional.empty();
        }
        Merged after = before.showing(changed);
        Customer own = after.own().at(changed.version(), changed.updatedAt());
        if (!rows.update(own)) {
            return Optional.empty();
        }
        contactPoints.replace(
                id, before.own().profile().contactPoints(), own.profile().contactPoints());
        attributes.replace(id, before.own().profile().attributes(), own.profile().attributes());
        preferences.replace(id, before.own().preferences(), own.preferences());
        relations.replace(id, before.own().relations(), own.relations());
        links.keepEdits(after.members());
        List<Change> changes = Contents.changes(current, changed);
        changeLog.changed(changed, changes);
        outbox.snapshot(
                Topic.PROFILES,
                id,
                changed.version(),
                ProfileSnapshot.of(new Merged(own, after.members())));
        outbox.publish(new CustomerEvent.Changed(id, changed.updatedAt(), Change.members(changes)));
        return Optional.of(changed);
    }

    /**
     * Holds the customer that a change means until the transaction ends: 404 when there is none,
     * 410 when it was erased; one that was merged is its survivor.
     */
    @Transactional(TxType.MANDATORY)
    public Customer hold(CustomerReference reference) {
        Customer found = rows.require(reference).customer();
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

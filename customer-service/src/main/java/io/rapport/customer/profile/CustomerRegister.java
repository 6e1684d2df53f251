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
            ChangeLog changeLog,
            Outbox outbox,
            Clock clock) {
        this.rows = rows;
        this.contactPoints = contactPoints;
        this.relations = relations;
        this.attributes = attributes;
        this.preferences = preferences;
        this.definitions = definitions;
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
        return edit(
                rows.require(reference).customer(),
                current -> {
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
        relations.requirePossible(changed.id(), current.relations(), changed.relations());
        if (!rows.update(changed)) {
            return Optional.empty();
        }
        contactPoints.replace(
                changed.id(), current.profile().contactPoints(), changed.profile().contactPoints());
        attributes.replace(
                changed.id(), current.profile().attributes(), changed.profile().attributes());
        preferences.replace(changed.id(), current.preferences(), changed.preferences());
        relations.replace(changed.id(), current.relations(), changed.relations());
        List<Change> changes = Contents.changes(current, changed);
        changeLog.changed(changed, changes);
        outbox.snapshot(
                Topic.PROFILES, changed.id(), changed.version(), ProfileSnapshot.of(changed));
        outbox.publish(
                new CustomerEvent.Changed(
                        changed.id(),
                        changed.updatedAt(),
                        changes.stream().map(Change::member).distinct().toList()));
        return Optional.of(changed);
    }

    /**
     * Holds the customer that a change names until the transaction ends: 404 when there is none,
     * 410 when it was erased, 409 when it was merged.
     */
    @Transactional(TxType.MANDATORY)
    public Customer hold(CustomerReference reference) {
        UUID id = rows.require(reference).customer().id();
        rows.lock(id);
        return rows.require(id).requireActive();
    }

    /** The same for several customers; all who do so hold them in the order of their ids. */
    @Transactional(TxType.MANDATORY)
    public List<Customer> hold(List<UUID> customers) {
        customers.stream().sorted(Ids.BY_VALUE).forEach(rows::lock);
        return customers.stream().map(rows::require).map(Customer::requireActive).toList();
    }

    /** As precise as the database keeps it, so that an answer equals the read that follows. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}

package io.rapport.customer.profile;

import io.rapport.customer.Identity;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A customer at one version. Relations are sorted by type and customer, preferences by key and how
 * they were learnt, identities by source and external id; times have microseconds.
 */
public record Customer(
        UUID id,
        CustomerStatus status,
        Profile profile,
        List<Relation> relations,
        List<Preference> preferences,
        List<Identity> identities,
        MergeState merges,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    /** A new customer, at version 1. */
    static Customer register(UUID id, Profile profile, List<Identity> identities, Instant now) {
        Profile tidied = profile.tidied(List.of());
        tidied.requirePossible(now);
        return new Customer(
                id,
                CustomerStatus.ACTIVE,
                tidied,
                List.of(),
                List.of(),
                identities,
                MergeState.ALONE,
                1,
                now,
                now);
    }

    /** This new customer as made at another time. */
    Customer registeredAt(Instant now) {
        return new Customer(
                id, status, profile, relations, preferences, identities, merges, version, now, now);
    }

    /** This customer with the profile that a caller gives, not yet another version. */
    public Customer with(Profile given) {
        return withTidied(given.tidied(profile.contactPoints()));
    }

    /**
     * The same for a profile in place of this one. One that names no contact points, or no custom
     * attributes, leaves those that are there: a source that does not know them must not take them
     * away.
     */
    public Customer replacing(Profile given) {
        Profile known = given;
        if (known.contactPoints().isEmpty()) {
            known = known.withContactPoints(profile.contactPoints());
        }
        if (known.attributes().isEmpty()) {
            known = known.withAttributes(profile.attributes());
        }
        return with(known);
    }

    /** The same for what a partner tells: what it leaves out stays, and lists only grow. */
    public Customer amending(Profile given) {
        return with(PartnersPart.amended(profile, given));
    }

    /** This customer with other contact points, not yet another version. */
    Customer withContactPoints(UnaryOperator<List<ContactPoint>> edit) {
        return withTidied(profile.withContactPoints(edit.apply(profile.contactPoints())));
    }

    /** This customer with other custom attributes, not yet another version. */
    Customer withAttributes(Map<String, Object> attributes) {
        return withTidied(profile.withAttributes(attributes));
    }

    private Customer withTidied(Profile tidied) {
        return of(tidied, relations, preferences, identities);
    }

    /** This customer with other relations, not yet another version. */
    Customer withRelations(UnaryOperator<List<Relation>> edit) {
        return of(profile, edit.apply(relations), preferences, identities);
    }

    /** This customer with other preferences, not yet another version. */
    public Customer withPreferences(UnaryOperator<List<Preference>> edit) {
        return of(profile, relations, edit.apply(preferences), identities);
    }

    /**
     * What {@code edited} makes of this customer: one version on, never earlier than this one;
     * itself when nothing differs.
     */
    Customer change(Customer edited, Instant now) {
        requireActive();
        if (edited.equals(this)) {
            return this;
        }
        edited.profile.requirePossible(now);
        Relation.requireRoom(relations, edited.relations);
        return of(edited.profile, edited.relations, edited.preferences, edited.identities)
                .next(status, now);
    }

    /** This customer with one identity more, not yet another version. */
    public Customer with(Identity more) {
        return withIdentities(Stream.concat(identities.stream(), Stream.of(more)));
    }

    /** This customer without one of its identities, not yet another version. */
    public Customer without(Identity identity) {
        return withIdentities(identities.stream().filter(other -> !other.equals(identity)));
    }

    private Customer withIdentities(Stream<Identity> identities) {
        return of(
                profile,
                relations,
                preferences,
                identities.sorted(Contents.IDENTITY_ORDER).toList());
    }

    /** This customer with other contents, not yet another version. */
    Customer of(
            Profile profile,
            List<Relation> relations,
            List<Preference> preferences,
            List<Identity> identities) {
        return new Customer(
                id,
                status,
                profile,
                relations,
                preferences,
                identities,
                merges,
                version,
                createdAt,
                updatedAt);
    }

    /** This customer as of that version. */
    Customer at(long version, Instant updatedAt) {
        return new Customer(
                id,
                status,
                profile,
                relations,
                preferences,
                identities,
                merges,
                version,
                createdAt,
                updatedAt);
    }

    /**
     * This customer merged into another, or with others merged into it, not yet another version.
     */
    Customer with(MergeState merges) {
        return new Customer(
                id,
                merges.survivor() == null ? CustomerStatus.ACTIVE : CustomerStatus.MERGED,
                profile,
                relations,
                preferences,
                identities,
                merges,
                version,
                createdAt,
                updatedAt);
    }

    /** This merged customer as it would stand by itself, not yet another version. */
    public Customer unmerged() {
        return with(MergeState.ALONE);
    }

    /** This customer one version on, never earlier than this one. */
    Customer next(CustomerStatus status, Instant now) {
        return new Customer(
                id,
                status,
                profile,
                relations,
                preferences,
                identities,
                merges,
                version + 1,
                createdAt,
                now.isBefore(updatedAt) ? updatedAt : now);
    }

    /** What is left of this customer when it was erased, one version on. */
    public Customer erased(Instant now) {
        return new Customer(
                        id,
                        CustomerStatus.ERASED,
                        Profile.unknown(profile.kind()),
                        List.of(),
                        List.of(),
                        List.of(),
                        MergeState.ALONE,
                        version,
                        createdAt,
                        updatedAt)
                .next(CustomerStatus.ERASED, now);
    }

    /** By its id. */
    public CustomerReference reference() {
        return CustomerReference.parse(id.toString());
    }

    /** Whether it is a survivor, or was merged into one. */
    public boolean isInAMerge() {
        return !merges.equals(MergeState.ALONE);
    }

    /** Itself, and those merged into it. */
    public List<UUID> all() {
        return Stream.concat(Stream.of(id), merges.members().stream()).toList();
    }

    /** The names that sources have for the customer: its identities but the logins. */
    public Stream<Identity> names() {
        return identities.stream().filter(identity -> !identity.ofLogin());
    }

    /** This customer, unless it was erased or merged, so that it cannot be changed. */
    Customer requireActive() {
        if (requireNotErased().status != CustomerStatus.ACTIVE) {
            throw mergedMeanwhile();
        }
        return this;
    }

    /** As whom it answers is another one since it was looked up. */
    public static Refusal mergedMeanwhile() {
        return Refusal.conflict(
                        "customer-merged",
                        "This customer was merged or unmerged in this moment. Repeat the request.")
                .retryAfter(Duration.ofSeconds(1));
    }

    /** Whether others were merged into it, whose values it shows, too. */
    public boolean hasMembers() {
        return !merges.members().isEmpty();
    }

    /** This customer, unless it was erased. */
    public Customer requireNotErased() {
        status.requireNotErased();
        return this;
    }
}

package io.rapport.customer.profile;

import io.rapport.customer.Identity;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import io.rapport.platform.Refusal.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/**
 * The table {@code erased_identity}: what named erased customers, identities and values of unique
 * attributes, by a keyed hash, so that who has the table and not the key can neither read a name
 * nor try whether one is there.
 */
@ApplicationScoped
public class ErasedIdentities {

    private static final String KEEP =
            """
            INSERT INTO erased_identity (identity_hmac, erased_at) SELECT hmac, :now FROM unnest(:hmacs) AS hmac ORDER BY hmac
            ON CONFLICT (identity_hmac) DO UPDATE SET erased_at = EXCLUDED.erased_at,
                lifted_at = NULL, lifted_by = NULL, lift_reason = NULL
            """;
    private static final String AMONG =
            "SELECT identity_hmac FROM erased_identity WHERE identity_hmac = ANY(:hmacs) AND lifted_at IS NULL";
    private static final String LIFT =
            """
            UPDATE erased_identity SET lifted_at = coalesce(lifted_at, :now), lifted_by = coalesce(lifted_by, :by),
                lift_reason = coalesce(lift_reason, :reason)
            WHERE identity_hmac = :hmac RETURNING lifted_at
            """;

    private final Jdbi jdbi;
    private final ErasedHashes hashes;

    ErasedIdentities(Jdbi jdbi, ErasedHashes hashes) {
        this.jdbi = jdbi;
        this.hashes = hashes;
    }

    /** What is said of an identity that was erased and not lifted. */
    public static Refusal gone() {
        return Refusal.gone(
                "customer-erased",
                "The customer under this identity was erased. A manager can lift that for the identity.");
    }

    /** The same of values of unique attributes. */
    public static Refusal gone(Collection<AttributeKey> values) {
        return Refusal.of(
                Kind.GONE,
                "customer-erased",
                "The customer with this value of an attribute that is unique was erased. A manager can lift that for the"
                        + " value.",
                values.stream()
                        .map(AttributeKey::attribute)
                        .distinct()
                        .sorted()
                        .map(CustomerAttributes::pointer)
                        .map(pointer -> new FieldError(pointer, "is an erased customer's"))
                        .toArray(FieldError[]::new));
    }

    /**
     * Refuses those that were erased. Whoever takes one in claims it before, so that it waits for
     * who erases it at this moment, and sees it here.
     */
    public void requireNone(Collection<Identity> identities) {
        if (!among(identities).isEmpty()) {
            throw gone();
        }
    }

    /** The same of values of unique attributes, which their index lets one customer have. */
    void requireNoneOf(Collection<AttributeKey> values) {
        Set<AttributeKey> found = amongKeys(values);
        if (!found.isEmpty()) {
            throw gone(found);
        }
    }

    /** Those that were erased and not lifted. */
    public Set<Identity> among(Collection<Identity> identities) {
        return among(identities, hashes::of);
    }

    /** The same of values of unique attributes. */
    public Set<AttributeKey> amongKeys(Collection<AttributeKey> values) {
        return among(values, hashes::of);
    }

    private <T> Set<T> among(Collection<T> names, Function<T, String> hash) {
        if (names.isEmpty()) {
            return Set.of();
        }
        Set<String> found =
                jdbi.withHandle(
                        handle ->
                                handle.createQuery(AMONG)
                                        .bindArray(
                                                "hmacs",
                                                String.class,
                                                names.stream().map(hash).toList())
                                        .mapTo(String.class)
                                        .set());
        return found.isEmpty()
                ? Set.of()
                : names.stream()
                        .filter(name -> found.contains(hash.apply(name)))
                        .collect(Collectors.toSet());
    }

    /** Keeps what named customers whom the caller holds and erases. */
    @Transactional(TxType.MANDATORY)
    public void keep(Set<Identity> identities, Set<AttributeKey> values, Instant now) {
        List<String> hmacs =
                Stream.concat(identities.stream().map(hashes::of), values.stream().map(hashes::of))
                        .toList();
        if (!hmacs.isEmpty()) {
            jdbi.useHandle(
                    handle ->
                            handle.createUpdate(KEEP)
                                    .bindArray("hmacs", String.class, hmacs)
                                    .bind("now", now)
                                    .execute());
        }
    }

    /**
     * Lets the identity be taken in again, and answers since when it may be; who said so first
     * stays. Empty when it was never erased.
     */
    @Transactional
    public Optional<Instant> lift(Identity identity, String by, String reason, Instant now) {
        return lift(hashes.of(identity), by, reason, now);
    }

    /** The same for the value of a unique attribute. */
    @Transactional
    public Optional<Instant> lift(AttributeKey value, String by, String reason, Instant now) {
        return lift(hashes.of(value), by, reason, now);
    }

    private Optional<Instant> lift(String hmac, String by, String reason, Instant now) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(LIFT)
                                .bind("hmac", hmac)
                                .bind("by", by)
                                .bind("reason", reason)
                                .bind("now", now)
                                .mapTo(Instant.class)
                                .findOne());
    }
}

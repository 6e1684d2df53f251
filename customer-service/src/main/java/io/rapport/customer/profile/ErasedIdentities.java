package io.rapport.customer.profile;

import io.rapport.customer.Identity;
import io.rapport.platform.Fingerprint;
import io.rapport.platform.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jdbi.v3.core.Jdbi;

/**
 * The table {@code erased_identity}: by a keyed hash, so that who has the table and not the key can
 * neither read an identity nor try whether one is there.
 */
@ApplicationScoped
public class ErasedIdentities {

    private static final String ALGORITHM = "HmacSHA256";

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
    private final SecretKeySpec key;

    ErasedIdentities(Jdbi jdbi, ErasedIdentityConfig config) {
        this.jdbi = jdbi;
        this.key = new SecretKeySpec(config.key().getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /** What is said of an identity that was erased and not lifted. */
    public static Refusal gone() {
        return Refusal.gone(
                "customer-erased",
                "The customer under this identity was erased. A manager can lift that for the identity.");
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

    /** Those that were erased and not lifted. */
    public Set<Identity> among(Collection<Identity> identities) {
        if (identities.isEmpty()) {
            return Set.of();
        }
        Set<String> found =
                jdbi.withHandle(
                        handle ->
                                handle.createQuery(AMONG)
                                        .bindArray("hmacs", String.class, hashes(identities))
                                        .mapTo(String.class)
                                        .set());
        return identities.stream()
                .filter(identity -> found.contains(hash(identity)))
                .collect(Collectors.toSet());
    }

    /** Keeps those of a customer that the caller holds and erases. */
    @Transactional(TxType.MANDATORY)
    public void keep(Collection<Identity> identities, Instant now) {
        if (!identities.isEmpty()) {
            jdbi.useHandle(
                    handle ->
                            handle.createUpdate(KEEP)
                                    .bindArray("hmacs", String.class, hashes(identities))
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
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(LIFT)
                                .bind("hmac", hash(identity))
                                .bind("by", by)
                                .bind("reason", reason)
                                .bind("now", now)
                                .mapTo(Instant.class)
                                .findOne());
    }

    private List<String> hashes(Collection<Identity> identities) {
        return identities.stream().map(this::hash).toList();
    }

    private String hash(Identity identity) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] named =
                    new Fingerprint()
                            .add("source", identity.source())
                            .add("externalId", identity.externalId())
                            .toBytes();
            return HexFormat.of().formatHex(mac.doFinal(named));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
        }
    }
}

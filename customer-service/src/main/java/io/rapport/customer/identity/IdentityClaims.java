package io.rapport.customer.identity;

import io.rapport.customer.Identity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** The claim table: its primary key decides to whom an identity belongs. */
@ApplicationScoped
public class IdentityClaims {

    private final Jdbi jdbi;

    IdentityClaims(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Claims the identity for a customer that the same transaction makes or holds. Waits while
     * another transaction is claiming it; false when it is taken, and then the next statement sees
     * whose it is.
     */
    @Transactional(TxType.MANDATORY)
    public boolean claim(Identity identity, UUID customer) {
        return changes(
                """
                INSERT INTO customer_identity (source, external_id, customer_id)
                VALUES (:source, :externalId, :customer)
                ON CONFLICT (source, external_id) DO NOTHING
                """,
                identity,
                customer);
    }

    /** Gives an identity of a customer that the caller holds to another that it holds too. */
    @Transactional(TxType.MANDATORY)
    void handOver(Identity identity, UUID to) {
        changes(
                """
                UPDATE customer_identity SET customer_id = :customer
                WHERE source = :source AND external_id = :externalId
                """,
                identity,
                to);
    }

    /** Takes an identity from a customer that the caller holds; false when it is not theirs. */
    @Transactional(TxType.MANDATORY)
    public boolean release(Identity identity, UUID customer) {
        return changes(
                """
                DELETE FROM customer_identity
                WHERE source = :source AND external_id = :externalId AND customer_id = :customer
                """,
                identity,
                customer);
    }

    /** Whose the identity is. */
    public Optional<UUID> owner(Identity identity) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT customer_id FROM customer_identity
                                        WHERE source = :source AND external_id = :externalId
                                        """)
                                .bind("source", identity.source())
                                .bind("externalId", identity.externalId())
                                .mapTo(UUID.class)
                                .findOne());
    }

    private boolean changes(String sql, Identity identity, UUID customer) {
        return jdbi.withHandle(
                        handle ->
                                handle.createUpdate(sql)
                                        .bind("source", identity.source())
                                        .bind("externalId", identity.externalId())
                                        .bind("customer", customer)
                                        .execute())
                == 1;
    }
}

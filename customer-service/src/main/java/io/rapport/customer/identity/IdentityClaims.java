package io.rapport.customer.identity;

import io.rapport.customer.Identity;
import io.rapport.customer.profile.ErasedIdentities;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/** The claim table: its primary key decides to whom an identity belongs. */
@ApplicationScoped
public class IdentityClaims {

    // One look into the index for each, also when it was planned while the table was small.
    private static final String OWNERS =
            """
            SELECT k.source, k.external_id, i.customer_id
            FROM unnest(:sources, :externalIds) AS k (source, external_id)
            CROSS JOIN LATERAL (
                SELECT coalesce((SELECT l.survivor_id FROM customer_link l WHERE l.member_id = i.customer_id),
                    i.customer_id) AS customer_id
                FROM customer_identity i
                WHERE i.source = k.source AND i.external_id = k.external_id OFFSET 0) AS i
            """;

    private final Jdbi jdbi;
    private final ErasedIdentities erased;

    IdentityClaims(Jdbi jdbi, ErasedIdentities erased) {
        this.jdbi = jdbi;
        this.erased = erased;
    }

    /**
     * Claims the identity for a customer that the same transaction makes or holds. Waits while
     * another transaction is claiming or erasing it; false when it is taken, and then the next
     * statement sees whose it is; 410 when its customer was erased.
     */
    @Transactional(TxType.MANDATORY)
    public boolean claim(Identity identity, UUID customer) {
        boolean claimed =
                changes(
                        """
                        INSERT INTO customer_identity (source, external_id, customer_id)
                        VALUES (:source, :externalId, :customer)
                        ON CONFLICT (source, external_id) DO NOTHING
                        """,
                        identity,
                        customer);
        if (claimed) {
            erased.requireNone(List.of(identity));
        }
        return claimed;
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

    /**
     * Who answers for these identities: their customer, or its survivor. Those that nobody has are
     * not in it.
     */
    public Map<Identity, UUID> owners(Collection<Identity> identities) {
        return jdbi.withHandle(
                handle ->
                        named(handle.createQuery(OWNERS), identities)
                                .map(
                                        (row, context) ->
                                                Map.entry(
                                                        new Identity(
                                                                row.getString(1), row.getString(2)),
                                                        row.getObject(3, UUID.class)))
                                .stream()
                                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /**
     * Claims identities for customers that the same transaction makes or holds, in one order for
     * all who claim several; answers how many of them were free; 410 when the customer of one was
     * erased.
     */
    @Transactional(TxType.MANDATORY)
    public int claim(Map<Identity, UUID> owners) {
        List<Identity> identities = List.copyOf(owners.keySet());
        int claimed = insert(identities, owners);
        erased.requireNone(identities);
        return claimed;
    }

    private int insert(List<Identity> identities, Map<Identity, UUID> owners) {
        return jdbi.withHandle(
                handle ->
                        named(
                                        handle.createUpdate(
                                                """
                                                INSERT INTO customer_identity (source, external_id, customer_id)
                                                SELECT * FROM unnest(:sources, :externalIds, :customers)
                                                ORDER BY 1, 2 ON CONFLICT (source, external_id) DO NOTHING
                                                """),
                                        identities)
                                .bindArray(
                                        "customers",
                                        UUID.class,
                                        identities.stream().map(owners::get).toList())
                                .execute());
    }

    private static <S extends SqlStatement<S>> S named(
            S statement, Collection<Identity> identities) {
        return statement
                .bindArray(
                        "sources", String.class, identities.stream().map(Identity::source).toList())
                .bindArray(
                        "externalIds",
                        String.class,
                        identities.stream().map(Identity::externalId).toList());
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

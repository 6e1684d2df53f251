package io.rapport.customer.erasure;

import io.rapport.platform.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** The table {@code legal_hold}. Who writes it holds the customer's row. */
@ApplicationScoped
class LegalHoldRows {

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private static final String SELECT =
            """
            SELECT id, customer_id AS customer, reason, placed_by, placed_at, released_by, released_at, release_reason
            FROM legal_hold WHERE customer_id = ANY(:customers)
            """;

    private final Jdbi jdbi;

    LegalHoldRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    void insert(LegalHold placed) {
        jdbi.useHandle(
                handle ->
                        handle.createUpdate(
                                        """
                                        INSERT INTO legal_hold (customer_id, id, reason, placed_by, placed_at)
                                        VALUES (:customer, :id, :reason, :placedBy, :placedAt)
                                        """)
                                .bindMethods(placed)
                                .execute());
    }

    /** Who released it first stays. */
    void release(UUID customer, UUID id, String by, String reason, Instant now) {
        jdbi.useHandle(
                handle ->
                        handle.createUpdate(
                                        """
                                        UPDATE legal_hold SET released_by = :by, released_at = :now, release_reason = :reason
                                        WHERE customer_id = :customer AND id = :id AND released_at IS NULL
                                        """)
                                .bind("customer", customer)
                                .bind("id", id)
                                .bind("by", by)
                                .bind("reason", reason)
                                .bind("now", now)
                                .execute());
    }

    Optional<LegalHold> find(Collection<UUID> customers, UUID id) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(SELECT + " AND id = :id")
                                .bindArray("customers", UUID.class, customers)
                                .bind("id", id)
                                .map(ConstructorMapper.of(LegalHold.class))
                                .findOne());
    }

    /** Those of these customers, oldest first, after {@code last}, whether in force or not. */
    List<LegalHold> page(Collection<UUID> customers, @Nullable UUID last, int rows) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(SELECT + " AND id > :after ORDER BY id LIMIT :rows")
                                .bindArray("customers", UUID.class, customers)
                                .bind("after", last == null ? BEFORE_ALL : last)
                                .bind("rows", rows)
                                .map(ConstructorMapper.of(LegalHold.class))
                                .list());
    }

    /** How many of one customer are in force. */
    int countInForce(UUID customer) {
        return inForce(List.of(customer)).size();
    }

    /** Refuses customers one of whom must not be erased; {@code legalHolds} tells which say so. */
    void requireNoneInForce(List<UUID> customers) {
        List<UUID> inForce = inForce(customers);
        if (!inForce.isEmpty()) {
            throw Refusal.conflict(
                            "under-legal-hold",
                            "This customer must not be erased before its legal holds are released.")
                    .with("legalHolds", inForce);
        }
    }

    private List<UUID> inForce(List<UUID> customers) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT id FROM legal_hold
                                        WHERE customer_id = ANY(:customers) AND released_at IS NULL ORDER BY id
                                        """)
                                .bindArray("customers", UUID.class, customers)
                                .mapTo(UUID.class)
                                .list());
    }
}

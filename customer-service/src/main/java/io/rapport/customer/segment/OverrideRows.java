package io.rapport.customer.segment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The table {@code segment_override}: one for each segment and customer by its own id. */
@ApplicationScoped
class OverrideRows {

    private static final String COLUMNS =
            "customer_id, segment, decision, author, reason, made_at, expires_at";
    private static final String PUT =
            """
            INSERT INTO segment_override (customer_id, segment, decision, author, reason, made_at, expires_at)
            VALUES (:customer, :segment, :decision, :author, :reason, :madeAt, :expiresAt)
            ON CONFLICT (customer_id, segment) DO UPDATE SET decision = :decision, author = :author,
                reason = :reason, made_at = :madeAt, expires_at = :expiresAt
            """;
    private static final String DELETE =
            "DELETE FROM segment_override WHERE segment = :segment AND customer_id = ANY(:customers) RETURNING "
                    + COLUMNS;
    private static final String PAGE =
            "SELECT "
                    + COLUMNS
                    + """
                     FROM segment_override
                    WHERE segment = :segment AND customer_id > :after AND (expires_at IS NULL OR expires_at > :now)
                    ORDER BY customer_id LIMIT :limit
                    """;
    private static final String OF_CUSTOMERS =
            "SELECT "
                    + COLUMNS
                    + """
                     FROM segment_override
                    WHERE customer_id = ANY(:customers) AND (customer_id, segment) > (:after, :afterSegment)
                    ORDER BY customer_id, segment LIMIT :limit
                    """;
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final Jdbi jdbi;

    OverrideRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** In place of what was said of that customer and segment before. */
    @Transactional(TxType.MANDATORY)
    void put(OverrideView override) {
        jdbi.useHandle(handle -> handle.createUpdate(PUT).bindMethods(override).execute());
    }

    /** Takes back what was said of these ids, and answers what that was. */
    @Transactional(TxType.MANDATORY)
    List<OverrideView> delete(String segment, Collection<UUID> customers) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(DELETE)
                                .bind("segment", segment)
                                .bindArray("customers", UUID.class, customers)
                                .map((row, context) -> view(row))
                                .list());
    }

    /** Forgets what held until now or before. */
    @Transactional(TxType.MANDATORY)
    void forgetExpired(Collection<UUID> customers, Instant now) {
        jdbi.useHandle(
                handle ->
                        handle.createUpdate(
                                        "DELETE FROM segment_override WHERE customer_id = ANY(:customers) AND expires_at <= :now")
                                .bindArray("customers", UUID.class, customers)
                                .bind("now", now)
                                .execute());
    }

    /** What holds of the segment, of customers with ids after {@code after}, in their order. */
    List<OverrideView> page(String segment, Instant now, @Nullable UUID after, int limit) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(PAGE)
                                .bind("segment", segment)
                                .bind("now", now)
                                .bind("after", after == null ? BEFORE_ALL : after)
                                .bind("limit", limit)
                                .map((row, context) -> view(row))
                                .list());
    }

    /** What was said of these customers, by customer and segment, after {@code last}. */
    List<OverrideView> ofCustomers(
            Collection<UUID> customers, @Nullable OverrideView last, int limit) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(OF_CUSTOMERS)
                                .bindArray("customers", UUID.class, customers)
                                .bind("after", last == null ? BEFORE_ALL : last.customer())
                                .bind("afterSegment", last == null ? "" : last.segment())
                                .bind("limit", limit)
                                .map((row, context) -> view(row))
                                .list());
    }

    private static OverrideView view(ResultSet row) throws SQLException {
        OffsetDateTime expiresAt = row.getObject(7, OffsetDateTime.class);
        return new OverrideView(
                row.getString(2),
                row.getObject(1, UUID.class),
                Exemption.Decision.valueOf(row.getString(3)),
                row.getString(4),
                row.getString(5),
                row.getObject(6, OffsetDateTime.class).toInstant(),
                expiresAt == null ? null : expiresAt.toInstant());
    }
}

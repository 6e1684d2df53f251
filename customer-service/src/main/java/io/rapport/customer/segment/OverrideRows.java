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

/**
 * The tables {@code segment_override}, with one for each segment and customer by its own id, and
 * {@code segment_override_past} with those that have ended. Written by those who hold the customer.
 */
@ApplicationScoped
class OverrideRows {

    private static final String COLUMNS =
            "customer_id, segment, decision, author, reason, made_at, expires_at";
    private static final String SELECT =
            "SELECT "
                    + COLUMNS
                    + ", CASE WHEN expires_at <= :now THEN expires_at END AS ended_at, CAST(NULL AS text) AS ended_by"
                    + " FROM segment_override ";
    private static final String SELECT_PAST =
            "SELECT " + COLUMNS + ", ended_at, ended_by FROM segment_override_past ";
    private static final String HOLDS = " (expires_at IS NULL OR expires_at > :now) ";
    private static final String OF =
            SELECT + " WHERE segment = :segment AND customer_id = ANY(:customers) AND " + HOLDS;
    private static final String PAGE =
            SELECT
                    + " WHERE segment = :segment AND customer_id > :after AND "
                    + HOLDS
                    + " ORDER BY customer_id LIMIT :limit";
    // What has expired is moved by a timer of its customer, which a retired segment sets none for.
    private static final String PAGE_OF_PAST =
            """
            SELECT * FROM (%s WHERE expires_at <= :now UNION ALL %s) AS said
            WHERE segment = :segment AND customer_id = ANY(:customers)
            AND (made_at, customer_id) < (:before, :beforeCustomer)
            ORDER BY made_at DESC, customer_id DESC LIMIT :limit
            """
                    .formatted(SELECT, SELECT_PAST);
    private static final String OF_CUSTOMERS =
            """
            SELECT * FROM (%s UNION ALL %s) AS said
            WHERE customer_id = ANY(:customers) AND (customer_id, segment, made_at) > (:after, :afterSegment, :afterTime)
            ORDER BY customer_id, segment, made_at LIMIT :limit
            """
                    .formatted(SELECT, SELECT_PAST);
    private static final String LAST =
            """
            SELECT max(made_at) FROM (
                SELECT made_at FROM segment_override WHERE customer_id = :customer AND segment = :segment
                UNION ALL
                SELECT made_at FROM segment_override_past WHERE customer_id = :customer AND segment = :segment) AS said
            """;

    private static final String KEEP =
            " past AS (INSERT INTO segment_override_past ("
                    + COLUMNS
                    + """
                    , ended_at, ended_by)
                    SELECT gone.*, least(gone.expires_at, :now),
                        CASE WHEN gone.expires_at <= :now THEN NULL ELSE CAST(:by AS text) END
                    FROM gone)
                    """;
    private static final String PUT =
            """
            INSERT INTO segment_override (customer_id, segment, decision, author, reason, made_at, expires_at)
            VALUES (:customer, :segment, :decision, :author, :reason, :madeAt, :expiresAt)
            """;
    private static final String DELETE =
            "WITH gone AS (DELETE FROM segment_override WHERE %s RETURNING "
                    + COLUMNS
                    + "),"
                    + KEEP
                    + " SELECT count(*) FROM gone";
    private static final String TAKE_BACK =
            DELETE.formatted("segment = :segment AND customer_id = ANY(:customers)");
    private static final String HOLD_CUSTOMERS =
            """
            SELECT c.id FROM customer c
            WHERE c.id IN (SELECT o.customer_id FROM segment_override o WHERE o.segment = :segment)
            ORDER BY c.id LIMIT :limit FOR KEY SHARE
            """;
    private static final String FORGET_EXPIRED =
            DELETE.formatted("customer_id = ANY(:customers) AND expires_at <= :now");
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final Jdbi jdbi;

    OverrideRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** After what was said of that very customer and segment before has ended. */
    @Transactional(TxType.MANDATORY)
    void put(OverrideView override) {
        jdbi.useHandle(handle -> handle.createUpdate(PUT).bindMethods(override).execute());
    }

    /** Ends what holds of these ids, and keeps it. */
    @Transactional(TxType.MANDATORY)
    void takeBack(String segment, Collection<UUID> customers, String by, Instant now) {
        jdbi.useHandle(
                handle ->
                        handle.createQuery(TAKE_BACK)
                                .bind("segment", segment)
                                .bindArray("customers", UUID.class, customers)
                                .bind("by", by)
                                .bind("now", now)
                                .mapTo(long.class)
                                .one());
    }

    /**
     * Those of whom something is said, by their own ids, so many at most. Their rows are held from
     * now on, in the order of their ids, as much as keeping what ends will need: whoever says
     * something of one of them comes before, or after.
     */
    @Transactional(TxType.MANDATORY)
    List<UUID> holdCustomers(String segment, int limit) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(HOLD_CUSTOMERS)
                                .bind("segment", segment)
                                .bind("limit", limit)
                                .mapTo(UUID.class)
                                .list());
    }

    /** Ends what held until now or before. */
    @Transactional(TxType.MANDATORY)
    void forgetExpired(Collection<UUID> customers, Instant now) {
        jdbi.useHandle(
                handle ->
                        handle.createQuery(FORGET_EXPIRED)
                                .bindArray("customers", UUID.class, customers)
                                .bind("by", (String) null)
                                .bind("now", now)
                                .mapTo(long.class)
                                .one());
    }

    /** When something was last said of this very customer and segment, if ever. */
    @Nullable Instant last(String segment, UUID customer) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(LAST)
                                .bind("segment", segment)
                                .bind("customer", customer)
                                .map((row, context) -> time(row, 1))
                                .one());
    }

    /** What holds of the segment and these very customers, in no order. */
    List<OverrideView> of(String segment, Collection<UUID> customers, Instant now) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(OF)
                                .bind("segment", segment)
                                .bindArray("customers", UUID.class, customers)
                                .bind("now", now)
                                .map((row, context) -> view(row))
                                .list());
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

    /** What held of these very customers, the last first, before {@code before} of its customer. */
    List<OverrideView> past(
            String segment,
            Collection<UUID> customers,
            Instant now,
            Instant before,
            UUID beforeCustomer,
            int limit) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(PAGE_OF_PAST)
                                .bind("segment", segment)
                                .bindArray("customers", UUID.class, customers)
                                .bind("now", now)
                                .bind("before", before)
                                .bind("beforeCustomer", beforeCustomer)
                                .bind("limit", limit)
                                .map((row, context) -> view(row))
                                .list());
    }

    /** All that was said of these customers, by customer, segment and time, after {@code last}. */
    List<OverrideView> ofCustomers(
            Collection<UUID> customers, Instant now, @Nullable OverrideView last, int limit) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(OF_CUSTOMERS)
                                .bindArray("customers", UUID.class, customers)
                                .bind("now", now)
                                .bind("after", last == null ? BEFORE_ALL : last.customer())
                                .bind("afterSegment", last == null ? "" : last.segment())
                                .bind("afterTime", last == null ? Instant.EPOCH : last.madeAt())
                                .bind("limit", limit)
                                .map((row, context) -> view(row))
                                .list());
    }

    private static OverrideView view(ResultSet row) throws SQLException {
        return new OverrideView(
                row.getString(2),
                row.getObject(1, UUID.class),
                SegmentOverride.Decision.valueOf(row.getString(3)),
                row.getString(4),
                row.getString(5),
                row.getObject(6, OffsetDateTime.class).toInstant(),
                time(row, 7),
                time(row, 8),
                row.getString(9));
    }

    private static @Nullable Instant time(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}

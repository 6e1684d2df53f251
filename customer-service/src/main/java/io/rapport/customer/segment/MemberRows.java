package io.rapport.customer.segment;

import io.rapport.customer.SegmentReason;
import io.rapport.platform.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** The table {@code segment_member}, written by those who hold the customers. */
@ApplicationScoped
class MemberRows {

    /** That a customer is in a segment. */
    record Place(UUID customer, String segment) {}

    /** One that enters: by which version of the segment, and the paths that decided it. */
    record Entry(Place place, long version, List<String> fields) {}

    /** A membership as it is kept. */
    record Membership(
            Place place, Instant since, long version, SegmentReason reason, List<String> fields) {}

    private static final String SELECT =
            "SELECT customer_id, segment, since, version, reason, fields FROM segment_member ";
    private static final String OF_SEGMENT =
            SELECT
                    + """
                    WHERE segment = :segment AND customer_id > :after
                    ORDER BY customer_id LIMIT :limit
                    """;
    private static final String OF_CUSTOMER =
            SELECT
                    + " WHERE customer_id = :customer AND segment > :after ORDER BY segment LIMIT :limit";
    private static final String MOVE =
            """
            WITH gone AS (
                DELETE FROM segment_member m USING unnest(:left, :leftSegments) AS g (customer, segment)
                WHERE m.customer_id = g.customer AND m.segment = g.segment)
            INSERT INTO segment_member (customer_id, segment, since, version, reason, fields)
            SELECT n.customer, n.segment, :now, n.version, :reason, string_to_array(n.fields, ',')
            FROM unnest(:customers, :segments, :versions, :fields) AS n (customer, segment, version, fields)
            """;
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final Jdbi jdbi;

    MemberRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    boolean isAny(String segment) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(
                                        "SELECT EXISTS (SELECT FROM segment_member WHERE segment = :segment)")
                                .bind("segment", segment)
                                .mapTo(boolean.class)
                                .one());
    }

    /** Members with ids after {@code after}, in the order of their ids. */
    List<Membership> ofSegment(String segment, @Nullable UUID after, int limit) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(OF_SEGMENT)
                                .bind("segment", segment)
                                .bind("after", after == null ? BEFORE_ALL : after)
                                .bind("limit", limit)
                                .map((row, context) -> read(row))
                                .list());
    }

    /** The customer's segments with keys after {@code after}, in the order of their keys. */
    List<Membership> ofCustomer(UUID customer, String after, int limit) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(OF_CUSTOMER)
                                .bind("customer", customer)
                                .bind("after", after)
                                .bind("limit", limit)
                                .map((row, context) -> read(row))
                                .list());
    }

    /** One never enters where it leaves. */
    @Transactional(TxType.MANDATORY)
    void move(List<Entry> entered, List<Place> left, SegmentReason reason, Instant now) {
        if (entered.isEmpty() && left.isEmpty()) {
            return;
        }
        jdbi.useHandle(
                handle -> {
                    Update move = handle.createUpdate(MOVE);
                    Columns.of(entered)
                            .add("customers", UUID.class, entry -> entry.place.customer)
                            .add("segments", String.class, entry -> entry.place.segment)
                            .add("versions", Long.class, Entry::version)
                            .add("fields", String.class, entry -> String.join(",", entry.fields))
                            .bindTo(move);
                    Columns.of(left)
                            .add("left", UUID.class, Place::customer)
                            .add("leftSegments", String.class, Place::segment)
                            .bindTo(move)
                            .bind("now", now)
                            .bind("reason", reason)
                            .execute();
                });
    }

    private static Membership read(ResultSet row) throws SQLException {
        return new Membership(
                new Place(row.getObject(1, UUID.class), row.getString(2)),
                row.getObject(3, OffsetDateTime.class).toInstant(),
                row.getLong(4),
                SegmentReason.valueOf(row.getString(5)),
                List.of((String[]) row.getArray(6).getArray()));
    }
}

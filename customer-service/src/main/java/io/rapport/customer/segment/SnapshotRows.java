package io.rapport.customer.segment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The tables {@code segment_snapshot} and {@code segment_snapshot_member}. */
@ApplicationScoped
class SnapshotRows {

    private static final String SELECT =
            """
            SELECT id, segment, version, members, created_by, created_at, expires_at FROM segment_snapshot
            """;
    private static final String BY_ID =
            SELECT + " WHERE id = :id AND segment = :segment AND expires_at > :now";
    private static final String PAGE =
            SELECT
                    + """
                    WHERE segment = :segment AND id < :before AND expires_at > :now
                    ORDER BY id DESC LIMIT :limit
                    """;
    private static final String COUNT =
            """
            SELECT count(*) FROM (
                SELECT FROM segment_snapshot WHERE segment = :segment AND expires_at > :now LIMIT :limit) AS s
            """;
    private static final String INSERT =
            """
            INSERT INTO segment_snapshot (id, segment, version, members, created_by, created_at, expires_at)
            VALUES (:id, :segment, :version, :members, :createdBy, :createdAt, :expiresAt)
            """;
    private static final String COPY =
            """
            INSERT INTO segment_snapshot_member (customer_id, snapshot_id)
            SELECT customer_id, :id FROM segment_member WHERE segment = :segment LIMIT :limit
            """;
    private static final String MEMBERS =
            """
            SELECT m.customer_id FROM segment_snapshot_member m JOIN customer c ON c.id = m.customer_id
            WHERE m.snapshot_id = :id AND m.customer_id > :after AND c.status <> 'ERASED'
            ORDER BY m.customer_id LIMIT :limit
            """;
    private static final String DELETE_SOME =
            """
            DELETE FROM segment_snapshot_member WHERE (snapshot_id, customer_id) IN (
                SELECT snapshot_id, customer_id FROM segment_snapshot_member WHERE snapshot_id = :id LIMIT :limit)
            """;
    private static final UUID BEFORE_ALL = new UUID(0, 0);
    private static final UUID AFTER_ALL = new UUID(-1, -1);

    private final Jdbi jdbi;

    SnapshotRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Copies the members of now, as one statement sees them; {@code limit} at most. */
    @Transactional(TxType.MANDATORY)
    int copy(UUID id, String segment, int limit) {
        return jdbi.withHandle(
                handle ->
                        handle.createUpdate(COPY)
                                .bind("id", id)
                                .bind("segment", segment)
                                .bind("limit", limit)
                                .execute());
    }

    @Transactional(TxType.MANDATORY)
    void insert(SnapshotView snapshot) {
        jdbi.useHandle(handle -> handle.createUpdate(INSERT).bindMethods(snapshot).execute());
    }

    /** Unless it has ended: its members go some at a time, and it last. */
    Optional<SnapshotView> find(String segment, UUID id, Instant now) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(BY_ID)
                                .bind("id", id)
                                .bind("segment", segment)
                                .bind("now", now)
                                .map((row, context) -> read(row))
                                .findOne());
    }

    /** How many there are, up to {@code limit}. */
    int count(String segment, Instant now, int limit) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(COUNT)
                                .bind("segment", segment)
                                .bind("now", now)
                                .bind("limit", limit)
                                .mapTo(int.class)
                                .one());
    }

    /** Newest first, but for those that have ended. */
    List<SnapshotView> page(String segment, Instant now, @Nullable UUID before, int limit) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(PAGE)
                                .bind("segment", segment)
                                .bind("now", now)
                                .bind("before", before == null ? AFTER_ALL : before)
                                .bind("limit", limit)
                                .map((row, context) -> read(row))
                                .list());
    }

    /** In the order of their ids, but for those who were erased since. */
    List<UUID> members(UUID id, @Nullable UUID after, int limit) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(MEMBERS)
                                .bind("id", id)
                                .bind("after", after == null ? BEFORE_ALL : after)
                                .bind("limit", limit)
                                .mapTo(UUID.class)
                                .list());
    }

    /** Deletes some members; false when none was left, and the snapshot is deleted then. */
    @Transactional(TxType.MANDATORY)
    boolean deleteSome(UUID id, int limit) {
        return jdbi.withHandle(
                handle -> {
                    int deleted =
                            handle.createUpdate(DELETE_SOME)
                                    .bind("id", id)
                                    .bind("limit", limit)
                                    .execute();
                    if (deleted == 0) {
                        handle.execute("DELETE FROM segment_snapshot WHERE id = ?", id);
                    }
                    return deleted > 0;
                });
    }

    private static SnapshotView read(ResultSet row) throws SQLException {
        return new SnapshotView(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getLong(3),
                row.getLong(4),
                row.getString(5),
                row.getObject(6, OffsetDateTime.class).toInstant(),
                row.getObject(7, OffsetDateTime.class).toInstant());
    }
}

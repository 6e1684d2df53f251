package io.rapport.customer.exporting;

import io.rapport.customer.FileFormat;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The tables {@code customer_export} and {@code customer_export_part}. */
@ApplicationScoped
class ExportRows {

    /** An export, and after which customer and part it goes on. */
    record Job(CustomerExport told, @Nullable UUID last, int parts) {}

    private static final UUID AFTER_ALL = new UUID(-1, -1);
    private static final String LOCK_NUMBER =
            "SELECT pg_advisory_xact_lock(hashtextextended('customer_export', 0))";
    private static final String COUNT_KEPT =
            "SELECT count(*) FROM customer_export WHERE state <> 'CANCELLED'";

    private static final String HOLD_KEPT =
            "SELECT id FROM customer_export WHERE state <> 'CANCELLED' ORDER BY id FOR UPDATE";
    private static final String AT_OR_AFTER =
            "SELECT id FROM customer_export WHERE state <> 'CANCELLED' AND last_customer >= ? ORDER BY id";

    private static final String CANCELLED_UNTIL =
            """
            SELECT max(e.expires_at) FROM customer_export e
            WHERE e.state = 'CANCELLED' AND EXISTS (SELECT FROM customer_export_part p WHERE p.export_id = e.id)
            """;

    private static final String DELETE_SOME =
            """
            DELETE FROM customer_export_part WHERE (export_id, number) IN (
                SELECT export_id, number FROM customer_export_part WHERE export_id = ? ORDER BY number LIMIT 32)
            """;

    private final Jdbi jdbi;

    ExportRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** How many are written or hold a file, until the transaction ends. */
    int countKept() {
        return jdbi.withHandle(
                handle -> {
                    handle.createQuery(LOCK_NUMBER).mapTo(String.class).one();
                    return handle.createQuery(COUNT_KEPT).mapTo(int.class).one();
                });
    }

    /** Those that are written or hold a file, and their number, until the transaction ends. */
    void holdKept() {
        jdbi.useHandle(
                handle -> {
                    handle.createQuery(LOCK_NUMBER).mapTo(String.class).one();
                    handle.createQuery(HOLD_KEPT).mapTo(UUID.class).list();
                });
    }

    /** Of those, the ones that have come to this customer, or further. */
    List<UUID> atOrAfter(UUID customer) {
        return jdbi.withHandle(
                handle -> handle.select(AT_OR_AFTER, customer).mapTo(UUID.class).list());
    }

    /**
     * By when the last part of what was cancelled is deleted, at the latest; null: there is none.
     */
    @Nullable Instant cancelledUntil() {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(CANCELLED_UNTIL)
                                .mapTo(Instant.class)
                                .findOne()
                                .orElse(null));
    }

    void insert(CustomerExport made, String by) {
        jdbi.useHandle(
                handle ->
                        handle.createUpdate(
                                        """
                                        INSERT INTO customer_export (id, format, source, state, created_by, created_at,
                                            expires_at)
                                        VALUES (:id, :format, :source, :state, :by, :createdAt, :expiresAt)
                                        """)
                                .bindMethods(made)
                                .bind("by", by)
                                .execute());
    }

    Optional<CustomerExport> find(UUID id) {
        return select("WHERE id = :id", id).map(Job::told);
    }

    /** The export, held until the transaction ends. */
    Optional<Job> hold(UUID id) {
        return select("WHERE id = :id FOR UPDATE", id);
    }

    /** Newest first. */
    List<CustomerExport> list(@Nullable UUID before, int limit) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(
                                        "SELECT * FROM customer_export WHERE id < :before ORDER BY id DESC LIMIT :limit")
                                .bind("before", before == null ? AFTER_ALL : before)
                                .bind("limit", limit)
                                .map((row, context) -> read(row).told())
                                .list());
    }

    /** Adds a part to the file of an export that is held. */
    void add(Job job, UUID last, int customers, byte[] content) {
        jdbi.useHandle(
                handle -> {
                    handle.execute(
                            "INSERT INTO customer_export_part (export_id, number, content) VALUES (?, ?, ?)",
                            job.told().id(),
                            job.parts() + 1,
                            content);
                    handle.createUpdate(
                                    """
                                    UPDATE customer_export SET last_customer = :last, customers = customers + :customers,
                                        bytes = bytes + :bytes, parts = parts + 1
                                    WHERE id = :id
                                    """)
                            .bind("id", job.told().id())
                            .bind("last", last)
                            .bind("customers", customers)
                            .bind("bytes", content.length)
                            .execute();
                });
    }

    void end(UUID id, ExportState state, Instant now) {
        jdbi.useHandle(
                handle ->
                        handle.createUpdate(
                                        """
                                        UPDATE customer_export SET state = :state, ended_at = coalesce(ended_at, :now)
                                        WHERE id = :id
                                        """)
                                .bind("id", id)
                                .bind("state", state)
                                .bind("now", now)
                                .execute());
    }

    Optional<byte[]> part(UUID id, int number) {
        return jdbi.withHandle(
                handle ->
                        handle.select(
                                        "SELECT content FROM customer_export_part WHERE export_id = ? AND number = ?",
                                        id,
                                        number)
                                .mapTo(byte[].class)
                                .findOne());
    }

    /**
     * Deletes some of the file; false when there was none of it. All of a large one at once would
     * outlast a statement.
     */
    boolean deleteSome(UUID id) {
        return jdbi.withHandle(handle -> handle.execute(DELETE_SOME, id) > 0);
    }

    void delete(UUID id) {
        jdbi.useHandle(handle -> handle.execute("DELETE FROM customer_export WHERE id = ?", id));
    }

    private Optional<Job> select(String which, UUID id) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery("SELECT * FROM customer_export " + which)
                                .bind("id", id)
                                .map((row, context) -> read(row))
                                .findOne());
    }

    private static Job read(ResultSet row) throws SQLException {
        OffsetDateTime ended = row.getObject("ended_at", OffsetDateTime.class);
        return new Job(
                new CustomerExport(
                        row.getObject("id", UUID.class),
                        FileFormat.valueOf(row.getString("format")),
                        row.getString("source"),
                        ExportState.valueOf(row.getString("state")),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        ended == null ? null : ended.toInstant(),
                        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                        row.getLong("customers"),
                        row.getLong("bytes")),
                row.getObject("last_customer", UUID.class),
                row.getInt("parts"));
    }
}

package io.rapport.customer.importing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rapport.customer.FileFormat;
import io.rapport.customer.importing.CustomerImport.Comparison;
import io.rapport.customer.importing.CustomerImport.Rows;
import io.rapport.customer.profile.ChangeActor.Behalf;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The table {@code customer_import}. */
@ApplicationScoped
class ImportRows {

    private static final UUID AFTER_ALL = new UUID(-1, -1);

    // Imports are few, but an advisory lock alone makes their number exact.
    private static final String LOCK_NUMBER =
            "SELECT pg_advisory_xact_lock(hashtextextended('customer_import', 0))";
    private static final String COUNT_UNFINISHED =
            "SELECT count(*) FROM customer_import WHERE state IN ('UPLOADING', 'RUNNING')";

    private final Jdbi jdbi;
    private final ObjectMapper json;

    ImportRows(Jdbi jdbi, ObjectMapper json) {
        this.jdbi = jdbi;
        this.json = json;
    }

    /** How many have not ended, until the transaction ends. */
    int countUnfinished() {
        return jdbi.withHandle(
                handle -> {
                    handle.createQuery(LOCK_NUMBER).mapTo(String.class).one();
                    return handle.createQuery(COUNT_UNFINISHED).mapTo(int.class).one();
                });
    }

    void insert(CustomerImport made, String delimiter, Behalf behalf) {
        jdbi.useHandle(
                handle ->
                        handle.createUpdate(
                                        """
                                        INSERT INTO customer_import (id, format, delimiter, mode, dry_run, columns, state,
                                            created_by, reason, created_at, expires_at)
                                        VALUES (:id, :format, :delimiter, :mode, :dryRun, CAST(:json AS jsonb), :state,
                                            :subject, :reason, :createdAt, :expiresAt)
                                        """)
                                .bindMethods(made)
                                .bindMethods(behalf)
                                .bind("delimiter", delimiter)
                                .bind("json", made.columns() == null ? null : write(made.columns()))
                                .execute());
    }

    Optional<CustomerImport> find(UUID id) {
        return select("WHERE id = :id", id).map(ImportJob::told);
    }

    /** The import, held until the transaction ends. */
    Optional<ImportJob> hold(UUID id) {
        return select("WHERE id = :id FOR UPDATE", id);
    }

    /** Newest first. */
    List<CustomerImport> list(@Nullable UUID before, int limit) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(
                                        "SELECT * FROM customer_import WHERE id < :before ORDER BY id DESC LIMIT :limit")
                                .bind("before", before == null ? AFTER_ALL : before)
                                .bind("limit", limit)
                                .map((row, context) -> read(row).told())
                                .list());
    }

    /** Sets how much was uploaded. */
    void setBytes(UUID id, long bytes) {
        update("bytes = :value", id, bytes);
    }

    void start(UUID id, Instant now) {
        update("state = 'RUNNING', started_at = :value", id, now);
    }

    /** All rows are read: its customers are compared from now on. */
    void compare(UUID id, Instant now) {
        update("comparing_since = :value", id, now);
    }

    void end(UUID id, ImportState state, @Nullable String failure, Instant now) {
        jdbi.useHandle(
                handle ->
                        handle.createUpdate(
                                        """
                                        UPDATE customer_import SET state = :state, failure = :failure, ended_at = :now
                                        WHERE id = :id
                                        """)
                                .bind("id", id)
                                .bind("state", state)
                                .bind("failure", failure)
                                .bind("now", now)
                                .execute());
    }

    void move(UUID id, ImportJob.Progress to) {
        jdbi.useHandle(
                handle ->
                        handle.createUpdate(
                                        """
                                        UPDATE customer_import SET position = :position, in_long_row = :inLongRow,
                                            rows_read = :read, created = :created, updated = :updated,
                                            unchanged = :unchanged, refused = :refused,
                                            to_compare = to_compare + :toCompare,
                                            header = CAST(:header AS jsonb)
                                        WHERE id = :id
                                        """)
                                .bind("id", id)
                                .bind("position", to.position())
                                .bind("inLongRow", to.inLongRow())
                                .bindMethods(to.rows())
                                .bind("toCompare", to.toCompare())
                                .bind("header", to.columns() == null ? null : write(to.columns()))
                                .execute());
    }

    /** So many more were compared, and nobody up to {@code last} is left. */
    void moveOn(UUID id, UUID last, int compared) {
        jdbi.useHandle(
                handle ->
                        handle.createUpdate(
                                        """
                                        UPDATE customer_import SET compared_to = :last, compared = compared + :compared
                                        WHERE id = :id
                                        """)
                                .bind("id", id)
                                .bind("last", last)
                                .bind("compared", compared)
                                .execute());
    }

    void delete(UUID id) {
        jdbi.useHandle(handle -> handle.execute("DELETE FROM customer_import WHERE id = ?", id));
    }

    private void update(String change, UUID id, Object value) {
        jdbi.useHandle(
                handle ->
                        handle.createUpdate(
                                        "UPDATE customer_import SET " + change + " WHERE id = :id")
                                .bind("id", id)
                                .bind("value", value)
                                .execute());
    }

    private Optional<ImportJob> select(String which, UUID id) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery("SELECT * FROM customer_import " + which)
                                .bind("id", id)
                                .map((ResultSet row, StatementContext context) -> read(row))
                                .findOne());
    }

    private ImportJob read(ResultSet row) throws SQLException {
        Instant comparing = time(row, "comparing_since");
        CustomerImport told =
                new CustomerImport(
                        row.getObject("id", UUID.class),
                        FileFormat.valueOf(row.getString("format")),
                        ImportMode.valueOf(row.getString("mode")),
                        row.getBoolean("dry_run"),
                        read(row.getString("columns"), new TypeReference<Map<String, String>>() {}),
                        state(row.getString("state"), comparing != null),
                        row.getString("failure"),
                        instant(row, "created_at"),
                        time(row, "started_at"),
                        time(row, "ended_at"),
                        instant(row, "expires_at"),
                        row.getLong("bytes"),
                        row.getLong("position"),
                        new Rows(
                                row.getLong("rows_read"),
                                row.getLong("created"),
                                row.getLong("updated"),
                                row.getLong("unchanged"),
                                row.getLong("refused")),
                        new Comparison(
                                row.getLong("to_compare"), row.getLong("compared"), comparing));
        return new ImportJob(
                told,
                row.getString("delimiter").charAt(0),
                new Behalf(row.getString("created_by"), row.getString("reason")),
                read(row.getString("header"), new TypeReference<ArrayList<@Nullable Column>>() {}),
                row.getBoolean("in_long_row"),
                row.getObject("compared_to", UUID.class));
    }

    /** What is RUNNING compares once all rows are read. */
    private static ImportState state(String kept, boolean compares) {
        ImportState state = ImportState.valueOf(kept);
        return state == ImportState.RUNNING && compares ? ImportState.COMPARING : state;
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("columns are always JSON", e);
        }
    }

    private <T> @Nullable T read(@Nullable String text, TypeReference<T> type) {
        try {
            return text == null ? null : json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "what is stored of an import is no JSON of its kind", e);
        }
    }
}

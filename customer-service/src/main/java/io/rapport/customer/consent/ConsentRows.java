package io.rapport.customer.consent;

import io.rapport.customer.Channel;
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

/** The table {@code consent_record}, to which rows are only ever added. */
@ApplicationScoped
class ConsentRows {

    /** What {@link #record} reads, of the table as {@code r}. */
    static final String COLUMNS =
            """
            r.customer_id, r.id, r.purpose, r.channel, r.kind, r.occurred_at, r.recorded_at, r.valid_until,
            r.needs_confirmation, r.confirms, r.source, r.text_version""";

    private static final String OF_MATTER =
            "SELECT "
                    + COLUMNS
                    + """
                     FROM consent_record r
                    WHERE r.customer_id = :customer AND r.purpose = :purpose AND r.channel = :channel
                    """;
    private static final String BY_ID =
            "SELECT "
                    + COLUMNS
                    + " FROM consent_record r WHERE r.customer_id = :customer AND r.id = :id";
    private static final String INSERT =
            """
            WITH recorded AS (
                INSERT INTO consent_record (customer_id, id, purpose, channel, kind, occurred_at, recorded_at,
                    valid_until, needs_confirmation, confirms, source, text_version)
                VALUES (:customer, :id, :purpose, :channel, :kind, :occurredAt, :recordedAt,
                    :validUntil, :needsConfirmation, :confirms, :source, :textVersion))
            INSERT INTO consent_record_actor (customer_id, record_id, actor, correlation_id)
            VALUES (:customer, :id, :actor, :correlationId)
            """;

    private final Jdbi jdbi;

    ConsentRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** All that was said of it, in no order. */
    List<ConsentRecord> of(Matter matter) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(OF_MATTER)
                                .bind("customer", matter.customer())
                                .bind("purpose", matter.purpose())
                                .bind("channel", matter.channel().name())
                                .map((row, context) -> record(row))
                                .list());
    }

    Optional<ConsentRecord> find(UUID customer, UUID id) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(BY_ID)
                                .bind("customer", customer)
                                .bind("id", id)
                                .map((row, context) -> record(row))
                                .findOne());
    }

    void insert(ConsentRecord record, String actor, @Nullable String correlationId) {
        jdbi.useHandle(
                handle ->
                        handle.createUpdate(INSERT)
                                .bindMethods(record)
                                .bind("kind", record.kind().name())
                                .bind("channel", record.channel().name())
                                .bind("actor", actor)
                                .bind("correlationId", correlationId)
                                .execute());
    }

    static ConsentRecord record(ResultSet row) throws SQLException {
        return new ConsentRecord(
                row.getObject("customer_id", UUID.class),
                row.getObject("id", UUID.class),
                row.getString("purpose"),
                Channel.valueOf(row.getString("channel")),
                ConsentRecord.Kind.valueOf(row.getString("kind")),
                time(row, "occurred_at"),
                time(row, "recorded_at"),
                timeIfAny(row, "valid_until"),
                row.getBoolean("needs_confirmation"),
                row.getObject("confirms", UUID.class),
                row.getString("source"),
                row.getString("text_version"));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant timeIfAny(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}

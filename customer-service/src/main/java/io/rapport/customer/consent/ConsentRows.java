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
                    WHERE r.customer_id = ANY(:customers) AND r.purpose = :purpose AND r.channel = :channel
                    """;
    private static final String OF_ALL =
            "SELECT " + COLUMNS + " FROM consent_record r WHERE r.customer_id = ANY(:customers)";
    private static final String BY_ID =
            "SELECT "
                    + COLUMNS
                    + " FROM consent_record r WHERE r.customer_id = ANY(:customers) AND r.id = :id";
    private static final String MOST =
            """
            SELECT coalesce(max(said), 0) FROM (
                SELECT count(*) AS said FROM consent_record WHERE customer_id = ANY(:customers)
                GROUP BY purpose, channel) AS matter""";
    private static final String LAST =
            "SELECT recorded_at FROM consent_record WHERE customer_id = :customer ORDER BY recorded_at DESC LIMIT 1";
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

    /** All that these customers have said of it, in no order. */
    List<ConsentRecord> of(List<UUID> customers, String purpose, Channel channel) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(OF_MATTER)
                                .bindArray("customers", UUID.class, customers)
                                .bind("purpose", purpose)
                                .bind("channel", channel.name())
                                .map((row, context) -> record(row))
                                .list());
    }

    /** All that these customers have said of anything, in no order. */
    List<ConsentRecord> of(List<UUID> customers) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(OF_ALL)
                                .bindArray("customers", UUID.class, customers)
                                .map((row, context) -> record(row))
                                .list());
    }

    /** How many things these customers have said of the matter of which they have said most. */
    int mostOfOneMatter(List<UUID> customers) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(MOST)
                                .bindArray("customers", UUID.class, customers)
                                .mapTo(int.class)
                                .one());
    }

    /** When the last thing was recorded of the customer. */
    @Nullable Instant lastRecorded(UUID customer) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(LAST)
                                .bind("customer", customer)
                                .mapTo(Instant.class)
                                .findOne()
                                .orElse(null));
    }

    Optional<ConsentRecord> find(List<UUID> customers, UUID id) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(BY_ID)
                                .bindArray("customers", UUID.class, customers)
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

package io.rapport.customer.erasure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rapport.customer.erasure.ErasureCertificate.Confirmation;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The tables {@code erasure}, {@code erasure_customer} and {@code erasure_confirmation}. */
@ApplicationScoped
class ErasureRows {

    /** An erasure as it was begun, and when it was completed, if it was. */
    public record Row(
            UUID id,
            List<UUID> customers,
            ErasureReason reason,
            String requestedBy,
            Instant requestedAt,
            SortedMap<String, Long> counts,
            @Nullable Instant filesCleanBy,
            @Nullable Instant exportsCleanBy,
            @Nullable Instant completedAt) {}

    /** What one service said of one customer, and when that was heard here. */
    public record Heard(Confirmation confirmation, Instant confirmedAt) {}

    private static final TypeReference<TreeMap<String, Long>> COUNTS = new TypeReference<>() {};

    private static final String SELECT =
            """
            SELECT e.id, ARRAY(SELECT customer_id FROM erasure_customer WHERE erasure_id = e.id ORDER BY customer_id),
                e.reason, e.requested_by, e.requested_at, e.counts, e.files_clean_by, e.exports_clean_by, e.completed_at
            FROM erasure e WHERE e.id =
            """;
    private static final String OF_CUSTOMER =
            SELECT + "(SELECT erasure_id FROM erasure_customer WHERE customer_id = :customer)";
    private static final String HELD = SELECT + " :id FOR UPDATE OF e";
    private static final String INSERT =
            """
            INSERT INTO erasure (id, reason, requested_by, requested_at, counts, files_clean_by, exports_clean_by)
            VALUES (:id, :reason, :requestedBy, :requestedAt, CAST(:json AS jsonb), :filesCleanBy, :exportsCleanBy)
            """;
    private static final String INSERT_CUSTOMERS =
            "INSERT INTO erasure_customer (erasure_id, customer_id) SELECT :id, * FROM unnest(:customers)";
    private static final String CONFIRM =
            """
            INSERT INTO erasure_confirmation (erasure_id, customer_id, service, erased_at, confirmed_at)
            SELECT erasure_id, customer_id, :service, :erasedAt, :now FROM erasure_customer
            WHERE erasure_id = :id AND customer_id = :customer
            ON CONFLICT ON CONSTRAINT erasure_confirmation_is_once DO NOTHING
            """;
    private static final String HEARD =
            """
            SELECT service, customer_id, erased_at, confirmed_at FROM erasure_confirmation
            WHERE erasure_id = :id ORDER BY service, customer_id
            """;

    // What was uploaded and not yet read to its end; what has ended is being deleted. And what was
    // said of fields of refused rows, whose names may be anything that a file made up.
    private static final String FILES_CLEAN_BY =
            """
            SELECT max(i.expires_at) FROM customer_import i
            WHERE EXISTS (SELECT FROM customer_import_part p WHERE p.import_id = i.id)
            OR EXISTS (SELECT FROM customer_import_problem p WHERE p.import_id = i.id AND p.errors <> '[]')
            """;

    private final Jdbi jdbi;
    private final ObjectMapper json;

    ErasureRows(Jdbi jdbi, ObjectMapper json) {
        this.jdbi = jdbi;
        this.json = json;
    }

    /** The erasure of which this customer is one. */
    Optional<Row> of(UUID customer) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(OF_CUSTOMER)
                                .bind("customer", customer)
                                .map((row, context) -> read(row))
                                .findOne());
    }

    /** The erasure, held until the transaction ends. */
    Optional<Row> hold(UUID id) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(HELD)
                                .bind("id", id)
                                .map((row, context) -> read(row))
                                .findOne());
    }

    void insert(Row begun) {
        jdbi.useHandle(
                handle -> {
                    handle.createUpdate(INSERT)
                            .bindMethods(begun)
                            .bind("json", write(begun.counts))
                            .execute();
                    handle.createUpdate(INSERT_CUSTOMERS)
                            .bind("id", begun.id)
                            .bindArray("customers", UUID.class, begun.customers)
                            .execute();
                });
    }

    /** Notes what a service said; false when it said so before, or the erasure is of others. */
    boolean confirm(UUID id, Confirmation confirmation, Instant now) {
        return jdbi.withHandle(
                        handle ->
                                handle.createUpdate(CONFIRM)
                                        .bind("id", id)
                                        .bindMethods(confirmation)
                                        .bind("now", now)
                                        .execute())
                == 1;
    }

    /** All that was confirmed, by service and customer. */
    List<Heard> heard(UUID id) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(HEARD)
                                .bind("id", id)
                                .map(
                                        (row, context) ->
                                                new Heard(
                                                        new Confirmation(
                                                                row.getString(1),
                                                                row.getObject(2, UUID.class),
                                                                time(row, 3)),
                                                        time(row, 4)))
                                .list());
    }

    void complete(UUID id, Instant now) {
        jdbi.useHandle(
                handle ->
                        handle.execute(
                                "UPDATE erasure SET completed_at = greatest(requested_at, ?) WHERE id = ?",
                                now,
                                id));
    }

    /**
     * By when what is uploaded now, and what is said of it, is deleted at the latest; null when
     * there is nothing.
     */
    @Nullable Instant filesCleanBy() {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(FILES_CLEAN_BY)
                                .mapTo(Instant.class)
                                .findOne()
                                .orElse(null));
    }

    private Row read(ResultSet row) throws SQLException {
        return new Row(
                row.getObject(1, UUID.class),
                List.of((UUID[]) row.getArray(2).getArray()),
                ErasureReason.valueOf(row.getString(3)),
                row.getString(4),
                time(row, 5),
                counts(row.getString(6)),
                timeIfAny(row, 7),
                timeIfAny(row, 8),
                timeIfAny(row, 9));
    }

    private static Instant time(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant timeIfAny(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private SortedMap<String, Long> counts(String text) {
        try {
            return json.readValue(text, COUNTS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("counts that were kept are no JSON", e);
        }
    }

    private String write(Map<String, Long> counts) {
        try {
            return json.writeValueAsString(counts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("counts are always JSON", e);
        }
    }
}

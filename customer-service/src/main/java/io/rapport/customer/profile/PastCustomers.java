package io.rapport.customer.profile;

import com.fasterxml.jackson.databind.JsonNode;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Customers as they were: what is there now, without what the history says was changed since.
 * Exact, for both are read in one statement.
 */
@ApplicationScoped
class PastCustomers {

    // Of what a path has had since, the first old value is the one it had then.
    private static final String SELECT =
            "SELECT "
                    + CustomerRow.COLUMNS
                    + """
                    , past.version, past.at,
                    (SELECT json_object_agg(undone.path, undone.old_value) FROM (
                        SELECT DISTINCT ON (later.path) later.path, later.old_value FROM customer_change later
                        WHERE later.customer_id = c.id AND later.version > past.version
                        ORDER BY later.path, later.version) undone)
                    """
                    + CustomerRow.FROM
                    + """
                     JOIN LATERAL (
                        SELECT h.version, h.at FROM customer_change h WHERE h.customer_id = c.id AND h.at <= :at
                        ORDER BY h.version DESC LIMIT 1) past ON true
                     WHERE c.id = :id
                    """;

    private final Jdbi jdbi;
    private final Clock clock;

    PastCustomers(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** With what was written up to {@code at}: 404 before it was registered. */
    Customer require(UUID id, Instant at) {
        if (at.isAfter(clock.instant())) {
            throw Refusal.invalid(
                    "as-of-the-future",
                    "A customer is read as it was, not as it will be.",
                    new FieldError("asOf", "must not lie ahead"));
        }
        return jdbi.withHandle(
                        handle ->
                                handle.createQuery(SELECT)
                                        .bind("id", id)
                                        .bind("at", at)
                                        .map((rs, context) -> read(rs))
                                        .findOne())
                .orElseThrow(
                        () ->
                                Refusal.notFound(
                                        "not-known-then",
                                        "Nothing was known of this customer then."));
    }

    private static Customer read(ResultSet rs) throws SQLException {
        Customer now = CustomerRow.read(rs).customer();
        Customer then = Contents.with(now, undone(rs.getString(CustomerRow.WIDTH + 3)));
        return new Customer(
                then.id(),
                then.status(),
                then.profile(),
                then.relations(),
                then.identities(),
                rs.getLong(CustomerRow.WIDTH + 1),
                then.createdAt(),
                rs.getObject(CustomerRow.WIDTH + 2, OffsetDateTime.class).toInstant());
    }

    private static Map<String, @Nullable JsonNode> undone(@Nullable String json) {
        Map<String, @Nullable JsonNode> values = new HashMap<>();
        StoredJson.tree(Objects.requireNonNullElse(json, "{}"))
                .properties()
                .forEach(entry -> values.put(entry.getKey(), entry.getValue()));
        return values;
    }
}

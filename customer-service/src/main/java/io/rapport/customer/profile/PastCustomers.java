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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Customers as they were: what is there now, without what the history says was changed since.
 * Exact, for both are read in one statement, or refused where the history is not whole.
 */
@ApplicationScoped
public class PastCustomers {

    // Of what a path has had since, the first old value is the one it had then. The history is
    // whole since the last version that it lacks: a service of a version that keeps none wrote it.
    private static final String SELECT =
            "SELECT "
                    + CustomerRow.COLUMNS
                    + """
                    , past.version, past.at,
                    (SELECT json_object_agg(undone.path, undone.old_value) FROM (
                        SELECT DISTINCT ON (later.path) later.path, later.old_value FROM customer_change later
                        WHERE later.customer_id = c.id AND later.version > past.version
                        ORDER BY later.path, later.version) undone),
                    whole.since,
                    (SELECT m.survivor_id FROM customer_merge m LEFT JOIN customer_unmerge u ON u.merge_id = m.id
                     WHERE m.member_id = c.id AND m.merged_at <= :at AND (u.unmerged_at > :at OR u.merge_id IS NULL)),
                    ARRAY(SELECT m.member_id FROM customer_merge m LEFT JOIN customer_unmerge u ON u.merge_id = m.id
                          WHERE m.survivor_id = c.id AND m.merged_at <= :at
                          AND (u.unmerged_at > :at OR u.merge_id IS NULL) ORDER BY m.id)
                    """
                    + CustomerRow.FROM
                    + """
                     LEFT JOIN LATERAL (
                        SELECT h.version, h.at FROM customer_change h WHERE h.customer_id = c.id AND h.at <= :at
                        ORDER BY h.version DESC LIMIT 1) past ON true
                     CROSS JOIN LATERAL (
                        SELECT CASE WHEN max(h.version) = c.version THEN max(h.at) FILTER (WHERE h.begins)
                            ELSE c.updated_at END AS since
                        FROM (SELECT version, at, lag(version) OVER versions IS NULL
                                  OR path <> '' AND version > 1 + lag(version) OVER versions AS begins
                              FROM customer_change WHERE customer_id = c.id
                              WINDOW versions AS (ORDER BY version, ordinal)) h) whole
                     WHERE c.id = :id
                    """;

    /** A customer now, which version it had then, and what was changed since. */
    private record Past(
            Customer now,
            long version,
            @Nullable Instant writtenAt,
            Map<String, @Nullable JsonNode> undone,
            @Nullable Instant since,
            MergeState merges) {

        /** What {@code whole}, the customer now as it answers, was then. */
        Customer of(Customer whole, Instant at) {
            if (!at.isBefore(whole.updatedAt())) {
                return whole;
            }
            if (at.isBefore(whole.createdAt())) {
                throw Refusal.notFound(
                        "not-known-then", "Nothing was known of this customer then.");
            }
            if (since != null && at.isBefore(since)) {
                throw Refusal.conflict(
                                "history-incomplete",
                                "What this customer was then is not known: its history is whole from `since` on.")
                        .with("since", since.toString());
            }
            return Contents.with(whole, undone)
                    .at(version, Objects.requireNonNull(writtenAt))
                    .with(merges);
        }
    }

    private final Jdbi jdbi;
    private final MergeLinks links;
    private final Clock clock;

    PastCustomers(Jdbi jdbi, MergeLinks links, Clock clock) {
        this.jdbi = jdbi;
        this.links = links;
        this.clock = clock;
    }

    /**
     * With what was written up to {@code at}: 404 before it was registered, 409 before its history
     * began.
     */
    public Customer require(UUID id, Instant at) {
        if (at.isAfter(clock.instant())) {
            throw Refusal.invalid(
                    "as-of-the-future",
                    "A customer is read as it was, not as it will be.",
                    new FieldError("asOf", "must not lie ahead"));
        }
        Past past =
                jdbi.withHandle(
                                handle ->
                                        handle.createQuery(SELECT)
                                                .bind("id", id)
                                                .bind("at", at)
                                                .map((rs, context) -> read(rs))
                                                .findOne())
                        .orElseThrow(CustomerRows::unknown);
        Customer now = past.now.hasMembers() ? links.of(id).view() : past.now;
        // What its members add to it changes with its version only, and the history tells of it.
        if (now.version() != past.now.version()) {
            return require(id, at);
        }
        Customer then = past.of(now, at);
        UUID survivor = then.merges().survivor();
        return survivor == null ? then : require(survivor, at);
    }

    private static Past read(ResultSet rs) throws SQLException {
        return new Past(
                CustomerRow.read(rs).customer(),
                rs.getLong(CustomerRow.WIDTH + 1),
                time(rs, CustomerRow.WIDTH + 2),
                undone(rs.getString(CustomerRow.WIDTH + 3)),
                time(rs, CustomerRow.WIDTH + 4),
                new MergeState(
                        rs.getObject(CustomerRow.WIDTH + 5, UUID.class),
                        List.of((UUID[]) rs.getArray(CustomerRow.WIDTH + 6).getArray())));
    }

    private static @Nullable Instant time(ResultSet rs, int column) throws SQLException {
        OffsetDateTime time = rs.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static Map<String, @Nullable JsonNode> undone(@Nullable String json) {
        Map<String, @Nullable JsonNode> values = new HashMap<>();
        StoredJson.tree(Objects.requireNonNullElse(json, "{}"))
                .properties()
                .forEach(entry -> values.put(entry.getKey(), entry.getValue()));
        return values;
    }
}

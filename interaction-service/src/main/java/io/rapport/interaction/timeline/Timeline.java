package io.rapport.interaction.timeline;

import io.rapport.interaction.Direction;
import io.rapport.interaction.Interaction;
import io.rapport.platform.Money;
import io.rapport.platform.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Finds interactions: one by its id, a customer's newest first. Each reads as many rows as it
 * answers, by an index.
 */
@ApplicationScoped
public class Timeline {

    private static final String COLUMNS =
            """
            i.id, i.customer_id, i.source, i.source_id, i.type, i.channel, i.direction, i.touchpoint,
            i.amount, i.currency, i.occurred_at, i.recorded_at, t.subject,
            i.version, i.employee, i.team, i.emotions, i.outcome, i.duration_ms, i.wait_ms,
            t.reference_kind, t.reference, t.device, t.place, t.attributes""";
    private static final String FROM =
            """
             FROM interaction i
            LEFT JOIN interaction_text t ON t.customer_id = i.customer_id AND t.interaction_id = i.id
            """;
    // Joined, not compared: the planner then looks each one up, however many the customer has.
    private static final String FOUND = "JOIN unnest(:found) AS found (id) ON found.id = i.id ";
    private static final String BY_ID =
            "SELECT "
                    + COLUMNS
                    + ", t.text, m.thread_id"
                    + FROM
                    + """
                    LEFT JOIN thread_interaction m ON m.customer_id = i.customer_id AND m.interaction_id = i.id
                    WHERE i.id = :id""";

    private final Jdbi jdbi;
    private final TextSearch search;
    private final CircumstanceColumns circumstances;

    Timeline(Jdbi jdbi, TextSearch search, CircumstanceColumns circumstances) {
        this.jdbi = jdbi;
        this.search = search;
        this.circumstances = circumstances;
    }

    /** The interaction with all its words. */
    public Interaction require(UUID id) {
        return jdbi.withHandle(
                        handle ->
                                handle.createQuery(BY_ID)
                                        .bind("id", id)
                                        .map(
                                                (row, context) ->
                                                        interaction(
                                                                row,
                                                                row.getString("text"),
                                                                row.getObject(
                                                                        "thread_id", UUID.class)))
                                        .findOne())
                .orElseThrow(Timeline::unknown);
    }

    static Refusal unknown() {
        return Refusal.notFound("unknown-interaction", "There is no interaction with this id.");
    }

    /**
     * The interactions of all these customers that the filter lets through and that come after
     * {@code last}, without their text. Each one's are read by the index, as many as the page has.
     */
    List<Interaction> page(
            List<UUID> customers, TimelineFilter filter, @Nullable Place last, int rows) {
        return page(customers, filter, search.find(customers, filter.words()), last, rows, "");
    }

    /** The same of all of them, with their text. */
    List<Interaction> pageWithText(List<UUID> customers, @Nullable Place last, int rows) {
        return page(customers, TimelineFilter.NONE, null, last, rows, ", t.text");
    }

    private List<Interaction> page(
            List<UUID> customers,
            TimelineFilter filter,
            @Nullable List<UUID> found,
            @Nullable Place last,
            int rows,
            String text) {
        String sql =
                filter.with()
                        + "SELECT page.* FROM "
                        + filter.places()
                        + " CROSS JOIN LATERAL (SELECT "
                        + COLUMNS
                        + text
                        + FROM
                        + (found == null ? "" : FOUND)
                        + "WHERE i.customer_id = place.customer_id"
                        + filter.conditions()
                        + (last == null ? "" : " AND (i.occurred_at, i.id) < (:lastTime, :lastId)")
                        + " ORDER BY i.occurred_at DESC, i.id DESC LIMIT :rows) AS page"
                        + " ORDER BY page.occurred_at DESC, page.id DESC LIMIT :rows";
        return jdbi.withHandle(
                handle -> {
                    Query query =
                            handle.createQuery(sql)
                                    .bindArray("customers", UUID.class, customers)
                                    .bind("rows", rows);
                    filter.bindTo(query);
                    if (found != null) {
                        query.bindArray("found", UUID.class, found);
                    }
                    if (last != null) {
                        query.bind("lastTime", last.occurredAt()).bind("lastId", last.id());
                    }
                    return query.map(
                                    (row, context) ->
                                            interaction(
                                                    row,
                                                    text.isEmpty() ? null : row.getString("text"),
                                                    null))
                            .list();
                });
    }

    private Interaction interaction(ResultSet row, @Nullable String text, @Nullable UUID thread)
            throws SQLException {
        return new Interaction(
                row.getObject("id", UUID.class),
                row.getInt("version"),
                row.getObject("customer_id", UUID.class),
                row.getString("source"),
                row.getString("source_id"),
                row.getString("type"),
                row.getString("channel"),
                Direction.valueOf(row.getString("direction")),
                row.getString("touchpoint"),
                money(row.getBigDecimal("amount"), row.getString("currency")),
                time(row, "occurred_at"),
                time(row, "recorded_at"),
                row.getString("subject"),
                text,
                thread,
                circumstances.of(row));
    }

    private static @Nullable Money money(@Nullable BigDecimal amount, @Nullable String currency) {
        return amount == null || currency == null ? null : new Money(amount, currency);
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}

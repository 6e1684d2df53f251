package io.rapport.interaction.promise;

import io.rapport.interaction.PromiseOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * The rows of promises, their words and their outcomes. A state is that of the moment of reading.
 */
@ApplicationScoped
class PromiseRows {

    private static final String SELECT =
            """
            SELECT p.id, p.customer_id, p.interaction_id, p.kind, t.text, p.team, p.employee, p.rule,
                   p.made_at, p.due_at, o.outcome, o.occurred_at, r.reason
            FROM promise AS p
            LEFT JOIN promise_outcome AS o ON o.customer_id = p.customer_id AND o.promise_id = p.id
            LEFT JOIN promise_text AS t ON t.customer_id = p.customer_id AND t.promise_id = p.id
            LEFT JOIN promise_reason AS r ON r.customer_id = p.customer_id AND r.promise_id = p.id
            WHERE\s""";

    private static final String INSERT =
            """
            WITH fact AS (
                INSERT INTO promise (customer_id, id, interaction_id, kind, team, employee, rule, made_at, due_at)
                VALUES (:customer, :id, :interaction, :kind, :team, :employee, :rule, :madeAt, :dueAt))
            INSERT INTO promise_text (customer_id, promise_id, text) VALUES (:customer, :id, :text)""";

    // What is due can only be broken. Who is second waits here for the first, and inserts nothing.
    private static final String SETTLE =
            """
            WITH settled AS (
                INSERT INTO promise_outcome (customer_id, promise_id, outcome, due_at, occurred_at, recorded_at)
                SELECT p.customer_id, p.id, :outcome, p.due_at, least(p.due_at, :now), :now
                FROM promise AS p
                WHERE p.customer_id = :customer AND p.id = :id AND (p.due_at > :now OR :outcome = 'BROKEN')
                ON CONFLICT ON CONSTRAINT promise_outcome_is_one DO NOTHING
                RETURNING customer_id, promise_id),
            why AS (
                INSERT INTO promise_reason (customer_id, promise_id, reason)
                SELECT customer_id, promise_id, :reason FROM settled WHERE CAST(:reason AS text) IS NOT NULL)
            SELECT count(*) FROM settled""";

    // Their timers were due, whatever a clock says that was set back since. Of one who was erased
    // nothing more can be told. The LIMIT keeps it a look into the index for each.
    private static final String BREAK =
            """
            WITH due AS MATERIALIZED (
                SELECT p.* FROM unnest(:ids) AS named (id)
                CROSS JOIN LATERAL (SELECT * FROM promise AS one WHERE one.id = named.id LIMIT 1) AS p
                WHERE (SELECT s.erased FROM customer_sequence AS s WHERE s.customer_id = p.customer_id) IS NOT TRUE),
            broken AS (
                INSERT INTO promise_outcome (customer_id, promise_id, outcome, due_at, occurred_at, recorded_at)
                SELECT customer_id, id, 'BROKEN', due_at, due_at, greatest(due_at, :now)
                FROM due ORDER BY customer_id, id
                ON CONFLICT ON CONSTRAINT promise_outcome_is_one DO NOTHING
                RETURNING promise_id)
            SELECT due.*, NULL AS text, 'BROKEN' AS outcome, due.due_at AS occurred_at, NULL AS reason
            FROM due WHERE due.id IN (SELECT promise_id FROM broken) ORDER BY due.due_at, due.id""";

    private final Jdbi jdbi;
    private final Clock clock;

    PromiseRows(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    SortedSet<String> kinds() {
        return jdbi.withHandle(
                handle ->
                        new TreeSet<>(
                                handle.select("SELECT code FROM promise_kind")
                                        .mapTo(String.class)
                                        .list()));
    }

    void insert(Promise promise) {
        jdbi.useHandle(handle -> handle.createUpdate(INSERT).bindMethods(promise).execute());
    }

    /** Whether it has come out so by this call: nobody was before it, and it was not due. */
    boolean settle(Promise promise, PromiseOutcome outcome, Instant now, @Nullable String reason) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(SETTLE)
                                        .bind("customer", promise.customer())
                                        .bind("id", promise.id())
                                        .bind("outcome", outcome.name())
                                        .bind("now", now)
                                        .bind("reason", reason)
                                        .mapTo(int.class)
                                        .one()
                                == 1);
    }

    /** Breaks those of them that have not come out, and answers these, without their words. */
    List<Promise> breakAll(List<UUID> due) {
        Instant now = clock.instant();
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(BREAK)
                                .bindArray("ids", UUID.class, due)
                                .bind("now", now)
                                .map((row, context) -> promise(row, now))
                                .list());
    }

    Promise byId(UUID customer, UUID id) {
        Instant now = clock.instant();
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(SELECT + "p.customer_id = :customer AND p.id = :id")
                                .bind("customer", customer)
                                .bind("id", id)
                                .map((row, context) -> promise(row, now))
                                .one());
    }

    /**
     * The promises of all these customers that the filter lets through and that come after {@code
     * last}, those that are due last first. Each one's are read by the index.
     */
    List<Promise> page(
            List<UUID> customers, @Nullable PromiseState state, @Nullable DuePlace last, int rows) {
        Instant now = clock.instant();
        String sql =
                "SELECT page.* FROM unnest(:customers) AS member (id) CROSS JOIN LATERAL ("
                        + SELECT
                        + "p.customer_id = member.id"
                        + condition(state)
                        + (last == null ? "" : " AND (p.due_at, p.id) < (:lastDue, :lastId)")
                        + " ORDER BY p.due_at DESC, p.id DESC LIMIT :rows) AS page"
                        + " ORDER BY page.due_at DESC, page.id DESC LIMIT :rows";
        return jdbi.withHandle(
                handle -> {
                    Query query =
                            handle.createQuery(sql)
                                    .bindArray("customers", UUID.class, customers)
                                    .bind("rows", rows);
                    if (state == PromiseState.OPEN || state == PromiseState.BROKEN) {
                        query.bind("now", now);
                    } else if (state != null) {
                        query.bind("outcome", state.name());
                    }
                    if (last != null) {
                        query.bind("lastDue", last.dueAt()).bind("lastId", last.id());
                    }
                    return query.map((row, context) -> promise(row, now)).list();
                });
    }

    /** The open promises of all these customers, those that are due first. */
    List<Promise> open(List<UUID> customers, int rows) {
        Instant now = clock.instant();
        String sql =
                "SELECT page.* FROM unnest(:customers) AS member (id) CROSS JOIN LATERAL ("
                        + SELECT
                        + "p.customer_id = member.id"
                        + condition(PromiseState.OPEN)
                        + " ORDER BY p.due_at, p.id LIMIT :rows) AS page"
                        + " ORDER BY page.due_at, page.id LIMIT :rows";
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(sql)
                                .bindArray("customers", UUID.class, customers)
                                .bind("rows", rows)
                                .bind("now", now)
                                .map((row, context) -> promise(row, now))
                                .list());
    }

    private static String condition(@Nullable PromiseState state) {
        return switch (state) {
            case null -> "";
            case OPEN -> " AND o.outcome IS NULL AND p.due_at > :now";
            case BROKEN ->
                    " AND (o.outcome = 'BROKEN' OR (o.outcome IS NULL AND p.due_at <= :now))";
            default -> " AND o.outcome = :outcome";
        };
    }

    private static Promise promise(ResultSet row, Instant now) throws SQLException {
        String said = row.getString("outcome");
        PromiseOutcome outcome = said == null ? null : PromiseOutcome.valueOf(said);
        Instant dueAt = time(row, "due_at");
        PromiseState state = PromiseState.at(now, dueAt, outcome);
        return new Promise(
                row.getObject("id", UUID.class),
                row.getObject("customer_id", UUID.class),
                row.getObject("interaction_id", UUID.class),
                row.getString("kind"),
                row.getString("text"),
                row.getString("team"),
                row.getString("employee"),
                row.getString("rule"),
                state,
                time(row, "made_at"),
                dueAt,
                outcome != null
                        ? time(row, "occurred_at")
                        : state == PromiseState.OPEN ? null : dueAt,
                row.getString("reason"));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}

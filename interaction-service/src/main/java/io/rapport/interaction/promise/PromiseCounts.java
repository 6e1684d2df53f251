package io.rapport.interaction.promise;

import io.rapport.interaction.PromiseOutcome;
import io.rapport.interaction.ReportWindow;
import io.rapport.platform.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * How many promises were made and came out how, by team, kind and day in UTC: counted with each
 * write, in its transaction, and added up for a report.
 */
@ApplicationScoped
class PromiseCounts {

    /** What is counted: that a promise was made, or how it came out, and on which day. */
    private record Occurrence(
            String team, String kind, LocalDate day, UUID customer, @Nullable PromiseOutcome as) {

        private static Occurrence of(Promise promise, @Nullable PromiseOutcome as, Instant at) {
            return new Occurrence(
                    promise.team(),
                    promise.kind(),
                    LocalDate.ofInstant(at, ZoneOffset.UTC),
                    promise.customer(),
                    as);
        }

        String column() {
            return as == null ? "MADE" : as.name();
        }
    }

    /** A place in a report: at these figures. */
    record Place(String team, String kind) {}

    // Counts are locked in one order, so that those who count several wait for each other, but
    // never in a circle.
    private static final String COUNT =
            """
            INSERT INTO promise_count AS c (team, kind, day, made, kept, exceeded, broken, withdrawn)
            SELECT team, kind, CAST(day AS date), count(*) FILTER (WHERE what = 'MADE'),
                   count(*) FILTER (WHERE what = 'KEPT'), count(*) FILTER (WHERE what = 'EXCEEDED'),
                   count(*) FILTER (WHERE what = 'BROKEN'), count(*) FILTER (WHERE what = 'WITHDRAWN')
            FROM unnest(:teams, :kinds, :days, :customers, :whats) AS n (team, kind, day, customer, what)
            GROUP BY team, kind, day ORDER BY team, kind, day
            ON CONFLICT (team, kind, day) DO UPDATE
            SET made = c.made + excluded.made, kept = c.kept + excluded.kept,
                exceeded = c.exceeded + excluded.exceeded, broken = c.broken + excluded.broken,
                withdrawn = c.withdrawn + excluded.withdrawn""";

    private static final String NOTE_CUSTOMERS =
            """
            INSERT INTO promise_count_customer (team, kind, day, customer_id)
            SELECT DISTINCT team, kind, CAST(day AS date), customer
            FROM unnest(:teams, :kinds, :days, :customers, :whats) AS n (team, kind, day, customer, what)
            ORDER BY 1, 2, 3, 4
            ON CONFLICT DO NOTHING""";

    // Each customer stands once at a day. So one row more than (fewest - 1) customers can have in
    // the window tells that there are more of them, and no others need be read. Who was merged is
    // one with the survivor: where that leaves too few of those that were read, it is not shown.
    private static final String REPORT =
            """
            SELECT r.*, (SELECT count(DISTINCT coalesce(d.survivor_id, few.customer_id)) FROM (
                    SELECT n.customer_id FROM promise_count_customer AS n
                    WHERE n.team = r.team AND n.kind = r.kind AND n.day >= :from AND n.day < :to
                    LIMIT :enough) AS few
                LEFT JOIN directory_customer AS d ON d.customer_id = few.customer_id) AS customers
            FROM (
                SELECT c.team, c.kind, sum(c.made) AS made, sum(c.kept) AS kept, sum(c.exceeded) AS exceeded,
                       sum(c.broken) AS broken, sum(c.withdrawn) AS withdrawn
                FROM promise_count AS c
                WHERE c.day >= :from AND c.day < :to AND (c.team, c.kind) > (:afterTeam, :afterKind)""";

    private static final String IN_ORDER =
            """
             GROUP BY c.team, c.kind ORDER BY c.team, c.kind LIMIT :rows) AS r
            ORDER BY r.team, r.kind""";

    private final Jdbi jdbi;

    PromiseCounts(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    void made(Promise promise) {
        count(List.of(Occurrence.of(promise, null, promise.madeAt())));
    }

    void came(Promise promise, PromiseOutcome outcome, Instant at) {
        count(List.of(Occurrence.of(promise, outcome, at)));
    }

    /** The same of many that are broken when they are due. */
    void broke(Collection<Promise> promises) {
        count(
                promises.stream()
                        .map(one -> Occurrence.of(one, PromiseOutcome.BROKEN, one.dueAt()))
                        .toList());
    }

    private void count(List<Occurrence> all) {
        if (all.isEmpty()) {
            return;
        }
        jdbi.useHandle(
                handle -> {
                    for (String statement : List.of(COUNT, NOTE_CUSTOMERS)) {
                        Columns.of(all)
                                .add("teams", String.class, Occurrence::team)
                                .add("kinds", String.class, Occurrence::kind)
                                .add("days", String.class, one -> one.day().toString())
                                .add("customers", UUID.class, Occurrence::customer)
                                .add("whats", String.class, Occurrence::column)
                                .bindTo(handle.createUpdate(statement))
                                .execute();
                    }
                });
    }

    /**
     * The figures of the window after this place, by team and kind; of all teams, or one. Customers
     * are counted so far as it takes to tell whether they are as many as {@code fewest}.
     */
    List<PromiseFigures.Counted> report(
            ReportWindow window,
            @Nullable String team,
            @Nullable Place after,
            int fewest,
            int rows) {
        return jdbi.withHandle(
                handle -> {
                    Query query =
                            handle.createQuery(
                                            REPORT
                                                    + (team == null ? "" : " AND c.team = :team")
                                                    + IN_ORDER)
                                    .bind("from", window.from())
                                    .bind("to", window.to())
                                    .bind("enough", (fewest - 1) * window.days() + 1)
                                    .bind("afterTeam", after == null ? "" : after.team())
                                    .bind("afterKind", after == null ? "" : after.kind())
                                    .bind("rows", rows);
                    if (team != null) {
                        query.bind("team", team);
                    }
                    return query.map(ConstructorMapper.of(PromiseFigures.Counted.class)).list();
                });
    }
}

package io.rapport.interaction.fact;

import io.rapport.interaction.ReportWindow;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * How often something was told or asked, and how often we knew it, by key, channel, team and day in
 * UTC: counted with each occasion, in its transaction, and added up for a report.
 */
@ApplicationScoped
class RepetitionCounts {

    /** What a report is of: a key, a channel, a team, or all of them. */
    record Filter(@Nullable String key, @Nullable String channel, @Nullable String team) {

        private String conditions() {
            return Stream.of(
                            key == null ? "" : " AND c.key = :key",
                            channel == null ? "" : " AND c.channel = :channel",
                            team == null ? "" : " AND c.team = :team")
                    .collect(Collectors.joining());
        }

        private void bindTo(Query query) {
            if (key != null) {
                query.bind("key", key);
            }
            if (channel != null) {
                query.bind("channel", channel);
            }
            if (team != null) {
                query.bind("team", team);
            }
        }
    }

    /** A place in a report: at these figures. */
    record Place(String key, String channel, String team) {

        static final Place BEGIN = new Place("", "", "");
    }

    private static final String COUNT =
            """
            INSERT INTO repetition_count AS c (key, channel, team, day, occasions, repeated)
            VALUES (:key, :channel, :team, :day, 1, :repeated)
            ON CONFLICT (key, channel, team, day) DO UPDATE
            SET occasions = c.occasions + 1, repeated = c.repeated + excluded.repeated""";

    private static final String NOTE_CUSTOMER =
            """
            INSERT INTO repetition_count_customer (key, channel, team, day, customer_id)
            VALUES (:key, :channel, :team, :day, :customer)
            ON CONFLICT DO NOTHING""";

    // Each customer stands once at a day. So one row more than (fewest - 1) customers can have in
    // the window tells that there are more of them, and no others need be read. Who was merged is
    // one with the survivor: where that leaves too few of those that were read, it is not shown.
    private static final String REPORT =
            """
            SELECT r.*, (SELECT count(DISTINCT coalesce(d.survivor_id, few.customer_id)) FROM (
                    SELECT n.customer_id FROM repetition_count_customer AS n
                    WHERE n.key = r.key AND n.channel = r.channel AND n.team = r.team AND n.day >= :from AND n.day < :to
                    LIMIT :enough) AS few
                LEFT JOIN directory_customer AS d ON d.customer_id = few.customer_id) AS customers
            FROM (
                SELECT c.key, c.channel, c.team, sum(c.occasions) AS occasions, sum(c.repeated) AS repeated
                FROM repetition_count AS c
                WHERE c.day >= :from AND c.day < :to
                  AND (c.key, c.channel, c.team) > (:afterKey, :afterChannel, :afterTeam)""";

    private static final String IN_ORDER =
            """
             GROUP BY c.key, c.channel, c.team ORDER BY c.key, c.channel, c.team LIMIT :rows) AS r
            ORDER BY r.key, r.channel, r.team""";

    private final Jdbi jdbi;

    RepetitionCounts(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    void count(Occasion occasion, String key, boolean repeated) {
        LocalDate day = LocalDate.ofInstant(occasion.occurredAt(), ZoneOffset.UTC);
        String team = Objects.requireNonNullElse(occasion.team(), "");
        jdbi.useHandle(
                handle -> {
                    handle.createUpdate(COUNT)
                            .bind("key", key)
                            .bind("channel", occasion.channel())
                            .bind("team", team)
                            .bind("day", day)
                            .bind("repeated", repeated ? 1 : 0)
                            .execute();
                    handle.createUpdate(NOTE_CUSTOMER)
                            .bind("key", key)
                            .bind("channel", occasion.channel())
                            .bind("team", team)
                            .bind("day", day)
                            .bind("customer", occasion.customer())
                            .execute();
                });
    }

    /**
     * The figures of the window after this place, by key, channel and team. Customers are counted
     * so far as it takes to tell whether they are as many as {@code fewest}.
     */
    List<RepetitionFigures.Counted> report(
            ReportWindow window, Filter filter, Place after, int fewest, int rows) {
        return jdbi.withHandle(
                handle -> {
                    Query query =
                            handle.createQuery(REPORT + filter.conditions() + IN_ORDER)
                                    .bind("from", window.from())
                                    .bind("to", window.to())
                                    .bind("enough", (fewest - 1) * window.days() + 1)
                                    .bind("afterKey", after.key())
                                    .bind("afterChannel", after.channel())
                                    .bind("afterTeam", after.team())
                                    .bind("rows", rows);
                    filter.bindTo(query);
                    return query.map(ConstructorMapper.of(RepetitionFigures.Counted.class)).list();
                });
    }
}

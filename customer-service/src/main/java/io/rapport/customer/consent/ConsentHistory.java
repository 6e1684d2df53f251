package io.rapport.customer.consent;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Pages of what was said by a customer. */
@ApplicationScoped
class ConsentHistory {

    /** A record, and who recorded it as long as that is kept. */
    record Item(ConsentRecord record, @Nullable String actor, @Nullable String correlationId) {}

    /** A place in the history: at this record. */
    record Place(Instant recordedAt, UUID id) {}

    /** Matters, and how many of them are a page: the one after it tells that there are more. */
    record Matters(List<List<ConsentRecord>> found, int page) {}

    /** Some times as many as there are of one matter, so that a page has some at least. */
    static final int MOST_READ = 10_000;

    private static final String HISTORY =
            "SELECT page.* FROM unnest(:customers) AS member (id) CROSS JOIN LATERAL (SELECT "
                    + ConsentRows.COLUMNS
                    + """
                    , a.actor, a.correlation_id
                    FROM consent_record r
                    LEFT JOIN consent_record_actor a ON a.customer_id = r.customer_id AND a.record_id = r.id
                    WHERE r.customer_id = member.id%s
                    ORDER BY r.recorded_at DESC, r.id DESC LIMIT :rows) AS page
                    ORDER BY page.recorded_at DESC, page.id DESC LIMIT :rows
                    """;
    private static final String MATTERS =
            "SELECT "
                    + ConsentRows.COLUMNS
                    + """
                     FROM (SELECT DISTINCT purpose, channel FROM consent_record
                          WHERE customer_id = ANY(:customers) AND (purpose, channel) > (:purpose, :channel)
                          ORDER BY purpose, channel LIMIT :rows) page
                    JOIN consent_record r ON r.customer_id = ANY(:customers) AND r.purpose = page.purpose
                        AND r.channel = page.channel
                    ORDER BY r.purpose, r.channel LIMIT\s"""
                    + (MOST_READ + 1);

    private final Jdbi jdbi;

    ConsentHistory(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * The records of these customers after {@code last}, newest first. Each one's are read by the
     * index, as many as the page has.
     */
    List<Item> page(List<UUID> customers, @Nullable Place last, int rows) {
        String after = last == null ? "" : " AND (r.recorded_at, r.id) < (:lastTime, :lastId)";
        return jdbi.withHandle(
                handle -> {
                    Query query =
                            handle.createQuery(HISTORY.formatted(after))
                                    .bindArray("customers", UUID.class, customers)
                                    .bind("rows", rows);
                    if (last != null) {
                        query.bind("lastTime", last.recordedAt()).bind("lastId", last.id());
                    }
                    return query.map(
                                    (row, context) ->
                                            new Item(
                                                    ConsentRows.record(row),
                                                    row.getString("actor"),
                                                    row.getString("correlation_id")))
                            .list();
                });
    }

    /**
     * What these customers have said of each matter after that one, in the order of purposes and
     * channels: of so many matters, or of fewer that have {@link #MOST_READ} records, and of one
     * more, some.
     */
    Matters matters(List<UUID> customers, String purpose, String channel, int matters) {
        Map<List<Object>, List<ConsentRecord>> found = new LinkedHashMap<>();
        jdbi.useHandle(
                handle ->
                        handle.createQuery(MATTERS)
                                .bindArray("customers", UUID.class, customers)
                                .bind("purpose", purpose)
                                .bind("channel", channel)
                                .bind("rows", matters + 1)
                                .map((row, context) -> ConsentRows.record(row))
                                .forEach(
                                        record ->
                                                found.computeIfAbsent(
                                                                List.of(
                                                                        record.purpose(),
                                                                        record.channel()),
                                                                any -> new ArrayList<>())
                                                        .add(record)));
        int read = found.values().stream().mapToInt(List::size).sum();
        int whole = read > MOST_READ ? Math.max(1, found.size() - 1) : matters;
        return new Matters(List.copyOf(found.values()), Math.min(whole, matters));
    }
}

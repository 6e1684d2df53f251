package io.rapport.customer.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rapport.customer.history.ShownVersions.Range;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Reads {@code customer_change}: a page of a customer's changes, or one. */
@ApplicationScoped
class HistoryRows {

    private static final String SELECT =
            """
            SELECT h.version, h.ordinal, h.path, h.old_value, h.new_value, h.at, h.actor, h.reason, h.correlation_id
            FROM customer_change h WHERE h.customer_id = :customer
            """;
    private static final String ONE = SELECT + " AND h.version = :version AND h.ordinal = :ordinal";
    private static final String BUT =
            """
             AND (h.version, h.ordinal) < (:last.version, :last.ordinal)
             AND NOT (h.version <@ CAST(:without AS int8multirange))
            """;
    private static final String ORDER = " ORDER BY h.version DESC, h.ordinal DESC LIMIT :rows";

    private final Jdbi jdbi;
    private final ObjectMapper json;

    HistoryRows(Jdbi jdbi, ObjectMapper json) {
        this.jdbi = jdbi;
        this.json = json;
    }

    /** Newest first, after {@code last}. */
    List<RecordedChange> page(
            UUID customer, HistoryFilter.Checked filter, @Nullable ChangeId last, int rows) {
        String sql =
                SELECT
                        + (filter.path() == null
                                ? ""
                                : " AND (h.path IN ('', :path) OR starts_with(h.path, :path || '/'))")
                        + (filter.actor() == null ? "" : " AND h.actor = :actor")
                        + (filter.from() == null ? "" : " AND h.at >= :from")
                        + (filter.to() == null ? "" : " AND h.at < :to")
                        + (last == null
                                ? ""
                                : " AND (h.version, h.ordinal) < (:last.version, :last.ordinal)")
                        + ORDER;
        return jdbi.withHandle(
                handle -> {
                    var query =
                            handle.createQuery(sql)
                                    .bind("customer", customer)
                                    .bindMethods(filter)
                                    .bind("rows", rows);
                    if (last != null) {
                        query.bindMethods("last", last);
                    }
                    return query.map(this::change).list();
                });
    }

    /** The same of all changes, but for those in these versions. */
    List<RecordedChange> page(UUID customer, List<Range> without, ChangeId last, int rows) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(SELECT + BUT + ORDER)
                                .bind("customer", customer)
                                .bindMethods("last", last)
                                .bind("without", multirange(without))
                                .bind("rows", rows)
                                .map(this::change)
                                .list());
    }

    private static String multirange(List<Range> ranges) {
        return ranges.stream()
                .map(range -> "[%d,%d]".formatted(range.from(), range.to()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    RecordedChange require(UUID customer, ChangeId id) {
        return jdbi.withHandle(
                        handle ->
                                handle.createQuery(ONE)
                                        .bind("customer", customer)
                                        .bindMethods(id)
                                        .map(this::change)
                                        .findOne())
                .orElseThrow(ChangeId::unknown);
    }

    private RecordedChange change(ResultSet row, StatementContext context) throws SQLException {
        long version = row.getLong(1);
        return new RecordedChange(
                new ChangeId(version, row.getInt(2)).toString(),
                version,
                row.getString(3),
                value(row.getString(4)),
                value(row.getString(5)),
                row.getObject(6, OffsetDateTime.class).toInstant(),
                row.getString(7),
                row.getString(8),
                row.getString(9));
    }

    private @Nullable JsonNode value(@Nullable String text) {
        try {
            return text == null ? null : json.readTree(text);
        } catch (JsonProcessingException e) {
            // Without the cause, whose message may quote the value.
            throw new IllegalStateException("a change holds what is no JSON");
        }
    }
}

package io.rapport.customer.context;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rapport.customer.context.ContextParts.Rating;
import io.rapport.customer.context.CustomerContext.Amount;
import io.rapport.customer.context.CustomerContext.Interactions;
import io.rapport.customer.context.CustomerContext.Loyalty;
import io.rapport.customer.profile.CustomerRow;
import io.rapport.customer.profile.RelationType;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Reads customers and all parts of their contexts in one statement, so that they are of one moment.
 */
@ApplicationScoped
public class ContextRows {

    /** A customer by its own values, and what is known of it by its own id. */
    record Row(CustomerRow customer, ContextParts parts) {}

    /**
     * What is known by one id, when we last turned to the customer under it, and by which types
     * others are related to it.
     */
    record Figured(
            ContextParts parts, @Nullable Instant contactedAt, List<String> incomingRelations) {}

    private record KindOfAmount(String kind, String currency, long count, String sum) {
        Amount amount() {
            return new Amount(currency, count, sum);
        }
    }

    private static final String COLUMNS =
            """
                    coalesce(ci.count, 0), ci.first_at, ci.last_at,
                    (SELECT json_agg(json_build_object('kind', a.kind, 'currency', a.currency, 'count', a.count,
                                                       'sum', CAST(a.sum AS text)) ORDER BY a.kind, a.currency)
                     FROM context_amount a WHERE a.customer_id = c.id),
                    coalesce(cl.balance, 0), cl.tier,
                    (SELECT json_agg(json_build_object('metric', f.metric, 'count', f.count,
                                                       'sum', f.rating_sum)
                                     ORDER BY f.metric)
                     FROM context_feedback f WHERE f.customer_id = c.id)
                    """;
    private static final String JOINS =
            """
                     LEFT JOIN context_interaction ci ON ci.customer_id = c.id
                     LEFT JOIN context_loyalty cl ON cl.customer_id = c.id AND cl.programme = 'default'
                    """;
    private static final String SELECT =
            "SELECT "
                    + CustomerRow.COLUMNS
                    + ", "
                    + COLUMNS
                    + CustomerRow.FROM
                    + JOINS
                    + " WHERE c.id = ANY(:ids)";
    // Of each type one is enough, however many are related. What those have to each other who are
    // merged counts no more than it is shown.
    private static final String INCOMING =
            """
            ARRAY(SELECT t.type FROM unnest(CAST(:types AS text[])) AS t (type)
                  WHERE EXISTS (
                      SELECT FROM customer_relation r LEFT JOIN customer_link l ON l.member_id = r.customer_id
                      WHERE r.related_id = c.id AND r.type = t.type
                      AND coalesce(l.survivor_id, r.customer_id)
                          <> coalesce((SELECT o.survivor_id FROM customer_link o WHERE o.member_id = c.id), c.id))),
            """;
    private static final String SELECT_FIGURES =
            "SELECT c.id, (SELECT max(k.at) FROM context_contact k WHERE k.customer_id = c.id), "
                    + INCOMING
                    + COLUMNS
                    + " FROM unnest(CAST(:ids AS uuid[])) AS c (id) "
                    + JOINS;

    private static final List<String> RELATION_TYPES =
            Arrays.stream(RelationType.values()).map(Enum::name).toList();

    // Places after the columns that stand before these.
    private static final int COUNT = 1;
    private static final int FIRST_AT = 2;
    private static final int LAST_AT = 3;
    private static final int AMOUNTS = 4;
    private static final int BALANCE = 5;
    private static final int TIER = 6;
    private static final int METRICS = 7;

    private final Jdbi jdbi;
    private final ObjectMapper json;

    ContextRows(Jdbi jdbi, ObjectMapper json) {
        this.jdbi = jdbi;
        this.json = json;
    }

    /** Those of these customers that there are. */
    List<Row> find(List<UUID> customers) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(SELECT)
                                .bindArray("ids", UUID.class, customers)
                                .map((rs, context) -> row(rs))
                                .list());
    }

    /** What is known of each of these ids by itself, also of those of whom nothing is. */
    Map<UUID, Figured> figures(Collection<UUID> customers) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(SELECT_FIGURES)
                                .bindArray("ids", UUID.class, customers)
                                .bindArray("types", String.class, RELATION_TYPES)
                                .<Map<UUID, Figured>>reduceResultSet(
                                        new HashMap<>(),
                                        (all, rs, context) -> {
                                            all.put(
                                                    rs.getObject(1, UUID.class),
                                                    new Figured(
                                                            parts(rs, 3),
                                                            instant(rs, 2),
                                                            List.of(
                                                                    (String[])
                                                                            rs.getArray(3)
                                                                                    .getArray())));
                                            return all;
                                        }));
    }

    private Row row(ResultSet rs) throws SQLException {
        return new Row(CustomerRow.read(rs), parts(rs, CustomerRow.WIDTH));
    }

    private ContextParts parts(ResultSet rs, int before) throws SQLException {
        List<KindOfAmount> amounts = read(rs.getString(before + AMOUNTS), KindOfAmount[].class);
        return new ContextParts(
                new Interactions(
                        rs.getLong(before + COUNT),
                        instant(rs, before + FIRST_AT),
                        instant(rs, before + LAST_AT),
                        of("PURCHASE", amounts),
                        of("CANCELLATION", amounts)),
                new Loyalty(rs.getLong(before + BALANCE), rs.getString(before + TIER)),
                read(rs.getString(before + METRICS), Rating[].class));
    }

    private static List<Amount> of(String kind, List<KindOfAmount> amounts) {
        return amounts.stream()
                .filter(a -> a.kind().equals(kind))
                .map(KindOfAmount::amount)
                .toList();
    }

    private <T> List<T> read(@Nullable String array, Class<T[]> type) {
        try {
            return array == null ? List.of() : List.of(json.readValue(array, type));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database made JSON that is none", e);
        }
    }

    private static @Nullable Instant instant(ResultSet rs, int column) throws SQLException {
        OffsetDateTime time = rs.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}

package io.rapport.faults.audit;

import io.rapport.local.stack.ServiceName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;

/** What customer-service holds in the five tables of the projection "context". */
final class ContextTables {
    private ContextTables() {}

    /** Rows by table and key, as {@link ContextFold} writes them. */
    static Map<String, String> rows(Tables tables) {
        Map<String, String> rows =
                tables.byKey(
                        ServiceName.CUSTOMER,
                        """
                        SELECT 'context_interaction ' || customer_id, count, first_at, last_at
                        FROM context_interaction""",
                        row ->
                                ContextFold.contacts(
                                        row.getLong(2), instant(row, 3), instant(row, 4)));
        rows.putAll(
                tables.byKey(
                        ServiceName.CUSTOMER,
                        """
                        SELECT 'context_amount ' || customer_id || ' ' || kind || ' ' || currency, count, sum
                        FROM context_amount
                        UNION ALL
                        SELECT 'context_feedback ' || customer_id || ' ' || metric, count, rating_sum
                        FROM context_feedback""",
                        row -> ContextFold.sum(row.getLong(2), row.getBigDecimal(3))));
        rows.putAll(
                tables.byKey(
                        ServiceName.CUSTOMER,
                        """
                        SELECT 'context_loyalty ' || customer_id || ' ' || programme, balance, tier
                        FROM context_loyalty""",
                        row -> ContextFold.account(row.getString(2), row.getString(3))));
        tables.rows(
                        ServiceName.CUSTOMER,
                        "SELECT customer_id, at, channel, count FROM context_contact",
                        row ->
                                Map.entry(
                                        ContextFold.turn(
                                                row.getString(1),
                                                instant(row, 2),
                                                row.getString(3)),
                                        row.getString(4)))
                .forEach(row -> rows.put(row.getKey(), row.getValue()));
        return rows;
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}

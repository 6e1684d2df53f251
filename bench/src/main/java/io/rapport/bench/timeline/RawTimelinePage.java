package io.rapport.bench.timeline;

import io.rapport.bench.load.JdbcWork;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Reads the first page of somebody's timeline with the statement and into the types of
 * interaction-service, and drops it.
 */
final class RawTimelinePage implements JdbcWork {
    // The statement of interaction-service's Timeline, to the letter.
    static final String PAGE =
            """
            SELECT page.* FROM unnest(?) AS member (id) CROSS JOIN LATERAL (SELECT \
            i.id, i.customer_id, i.source, i.source_id, i.type, i.channel, i.direction, i.touchpoint,
            i.amount, i.currency, i.occurred_at, i.recorded_at, t.subject,
            i.version, i.employee, i.team, i.emotions, i.outcome, i.duration_ms, i.wait_ms,
            t.reference_kind, t.reference, t.device, t.place, t.attributes FROM interaction i
            LEFT JOIN interaction_text t ON t.customer_id = i.customer_id AND t.interaction_id = i.id
            WHERE i.customer_id = member.id ORDER BY i.occurred_at DESC, i.id DESC LIMIT ?) AS page \
            ORDER BY page.occurred_at DESC, page.id DESC LIMIT ?""";

    static final int ROWS = 50;

    private static final int ID = 1;
    private static final int CUSTOMER = 2;
    private static final int AMOUNT = 9;
    private static final int OCCURRED_AT = 11;
    private static final int RECORDED_AT = 12;
    private static final int VERSION = 14;
    private static final int DURATION = 19;
    private static final int WAIT = 20;
    private static final int COLUMNS = 25;

    private final Connection connection;
    private final PreparedStatement page;
    private final Supplier<UUID> customers;

    RawTimelinePage(Connection connection, Supplier<UUID> customers) throws SQLException {
        this.connection = connection;
        this.page = connection.prepareStatement(PAGE);
        this.customers = customers;
    }

    /** Whose page it is; the service reads one row more, to know whether there is a next page. */
    static void set(Connection connection, PreparedStatement page, UUID customer)
            throws SQLException {
        page.setArray(1, connection.createArrayOf("uuid", new UUID[] {customer}));
        page.setInt(2, ROWS + 1);
        page.setInt(3, ROWS + 1);
    }

    @Override
    public void once() throws SQLException {
        set(connection, page, customers.get());
        int read = 0;
        try (ResultSet row = page.executeQuery()) {
            while (row.next()) {
                read(row);
                read++;
            }
        }
        if (read <= ROWS) {
            throw new SQLException("a page is not full");
        }
    }

    private static void read(ResultSet row) throws SQLException {
        for (int column = 1; column <= COLUMNS; column++) {
            switch (column) {
                case ID, CUSTOMER -> row.getObject(column, UUID.class);
                case AMOUNT -> row.getObject(column, BigDecimal.class);
                case OCCURRED_AT, RECORDED_AT -> row.getObject(column, OffsetDateTime.class);
                case VERSION -> row.getInt(column);
                case DURATION, WAIT -> row.getLong(column);
                default -> row.getString(column);
            }
        }
    }
}

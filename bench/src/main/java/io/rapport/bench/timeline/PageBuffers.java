package io.rapport.bench.timeline;

import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.ServiceName;
import io.rapport.local.stack.Stack;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** How many pages of the database a page of the timeline touches, planned as for the service. */
final class PageBuffers implements AutoCloseable {
    private static final int MOST = 200;
    private static final String FULL =
            """
            SELECT customer_id FROM interaction GROUP BY customer_id HAVING count(*) > %d
            ORDER BY customer_id LIMIT %d"""
                    .formatted(RawTimelinePage.ROWS, MOST);

    private final Connection connection;
    private final List<UUID> customers = new ArrayList<>();

    /** Of those customers who have more than a page now. */
    PageBuffers(Stack stack) throws SQLException {
        ServiceName service = ServiceName.INTERACTION;
        this.connection = stack.postgres().connect(service.database(), service.applicationRole());
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "SET plan_cache_mode = 'force_generic_plan'; SET enable_seqscan = off; SET jit"
                            + " = off");
            try (ResultSet rows = statement.executeQuery(FULL)) {
                while (rows.next()) {
                    customers.add(rows.getObject(1, UUID.class));
                }
            }
        }
        if (customers.isEmpty()) {
            throw new CannotGoOn("No customer has more than a page of interactions.");
        }
    }

    int customers() {
        return customers.size();
    }

    /** The mean of all of them. */
    double mean() throws SQLException {
        long touched = 0;
        try (PreparedStatement page =
                connection.prepareStatement(
                        "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + RawTimelinePage.PAGE)) {
            for (UUID customer : customers) {
                RawTimelinePage.set(connection, page, customer);
                try (ResultSet plan = page.executeQuery()) {
                    plan.next();
                    touched += touched(plan.getString(1));
                }
            }
        }
        return (double) touched / customers.size();
    }

    /** The uppermost node counts what all below it touch. */
    static long touched(String plan) {
        JsonObject top = new JsonArray(plan).getJsonObject(0).getJsonObject("Plan");
        return top.getLong("Shared Hit Blocks") + top.getLong("Shared Read Blocks");
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

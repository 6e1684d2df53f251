package io.rapport.platform.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** How many pages a statement touches: a measure that does not depend on the machine. */
public final class Buffers {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Buffers() {}

    /**
     * Runs the statement on the connection, and adds up what each node of its plan touches. A node
     * counts what those below it touch, too: compare a statement with itself only.
     */
    public static long touchedBy(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet plan =
                        statement.executeQuery("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + sql)) {
            plan.next();
            JsonNode nodes = JSON.readTree(plan.getString(1));
            return sum(nodes, "Shared Hit Blocks") + sum(nodes, "Shared Read Blocks");
        } catch (JsonProcessingException e) {
            throw new AssertionError("a plan is JSON", e);
        }
    }

    private static long sum(JsonNode nodes, String figure) {
        return nodes.findValues(figure).stream().mapToLong(JsonNode::asLong).sum();
    }
}

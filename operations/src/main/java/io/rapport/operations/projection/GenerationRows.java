package io.rapport.operations.projection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rapport.platform.event.Generations.Standing;
import io.rapport.platform.event.ProjectionTable;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** Reads and removes the rows of generations, for some customers at a time. */
@ApplicationScoped
class GenerationRows {

    // A number in the statements, for a parameter is planned as a tenth of all rows.
    private static final int CHUNK = 500;

    // Every row of a generation is of a customer whose progress it has kept. Of which consumer is
    // not asked: the primary key begins with the customer, and a rare one would be looked for long.
    private static final String CUSTOMERS =
            """
            SELECT DISTINCT customer_id FROM consumer_progress
            WHERE customer_id > coalesce(:after, CAST('00000000-0000-0000-0000-000000000000' AS uuid))
            ORDER BY customer_id LIMIT\s"""
                    + CHUNK;

    private static final String APART =
            """
            SELECT customer_id, topic FROM consumer_progress
            WHERE consumer IN (:live, :beside) AND customer_id = ANY(:customers)
            GROUP BY customer_id, topic HAVING count(*) = 1 OR min(applied) <> max(applied)""";

    /** Of this topic the two generations have not applied the same events of the customer. */
    public record Apart(UUID customerId, String topic) {}

    // Tells how many it found: what another replica has removed meanwhile is not the end of them.
    private static final String REMOVE_PARKED =
            """
            WITH found AS (SELECT id FROM parked_event WHERE consumer = :consumer LIMIT %d),
                 removed AS (DELETE FROM parked_event WHERE id = ANY(ARRAY(SELECT id FROM found)))
            SELECT count(*) FROM found"""
                    .formatted(CHUNK);

    private static final List<String> OF_CONSUMER = List.of("early_event", "consumer_progress");

    private final ObjectMapper json;

    GenerationRows(ObjectMapper json) {
        this.json = json;
    }

    /** The next 500 customers of whom anything was applied, in id order. */
    static List<UUID> customers(Handle handle, @Nullable UUID after) {
        return handle.createQuery(CUSTOMERS).bind("after", after).mapTo(UUID.class).list();
    }

    static List<Apart> apart(Handle handle, Standing standing, int beside, List<UUID> customers) {
        return handle.createQuery(APART)
                .bind("live", standing.consumer(standing.live()))
                .bind("beside", standing.consumer(beside))
                .bindArray("customers", UUID.class, customers)
                .map(ConstructorMapper.of(Apart.class))
                .list();
    }

    List<Difference> differences(
            Handle handle,
            ProjectionTable table,
            Standing standing,
            int beside,
            List<UUID> customers,
            boolean personal) {
        List<String> leftOut =
                Stream.concat(Stream.of("generation", "customer_id"), table.technical().stream())
                        .toList();
        return handle.createQuery(
                        """
                        WITH live AS (
                            SELECT customer_id, to_jsonb(t) - :leftOut AS row FROM %1$s AS t
                            WHERE generation = :live AND customer_id = ANY(:customers)),
                        beside AS (
                            SELECT customer_id, to_jsonb(t) - :leftOut AS row FROM %1$s AS t
                            WHERE generation = :beside AND customer_id = ANY(:customers))
                        SELECT customer_id, :live AS generation, CAST(row AS text) AS row
                        FROM (SELECT * FROM live EXCEPT ALL SELECT * FROM beside) AS only_live
                        UNION ALL
                        SELECT customer_id, :beside, CAST(row AS text)
                        FROM (SELECT * FROM beside EXCEPT ALL SELECT * FROM live) AS only_beside
                        ORDER BY 1, 3, 2"""
                                .formatted(table.name()))
                .bindArray("leftOut", String.class, leftOut)
                .bind("live", standing.live())
                .bind("beside", beside)
                .bindArray("customers", UUID.class, customers)
                .map(
                        (row, context) ->
                                new Difference(
                                        table.name(),
                                        row.getObject("customer_id", UUID.class),
                                        row.getInt("generation"),
                                        personal ? null : tree(row.getString("row"))))
                .list();
    }

    /** Removes 500 parked events of a generation, also of no customer; false: none was left. */
    static boolean removeParked(Handle handle, String consumer) {
        return handle.createQuery(REMOVE_PARKED)
                        .bind("consumer", consumer)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /** Removes all else that a generation holds of these customers. */
    static void remove(
            Handle handle,
            List<ProjectionTable> tables,
            int generation,
            String consumer,
            List<UUID> customers) {
        for (ProjectionTable table : tables) {
            handle.createUpdate(
                            "DELETE FROM %s WHERE generation = :generation AND customer_id = ANY(:customers)"
                                    .formatted(table.name()))
                    .bind("generation", generation)
                    .bindArray("customers", UUID.class, customers)
                    .execute();
        }
        for (String table : OF_CONSUMER) {
            handle.createUpdate(
                            "DELETE FROM %s WHERE consumer = :consumer AND customer_id = ANY(:customers)"
                                    .formatted(table))
                    .bind("consumer", consumer)
                    .bindArray("customers", UUID.class, customers)
                    .execute();
        }
    }

    private JsonNode tree(String row) {
        try {
            return json.readTree(row);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database made JSON that is none", e);
        }
    }
}

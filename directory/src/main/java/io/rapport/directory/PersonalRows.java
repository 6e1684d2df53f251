package io.rapport.directory;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * What an erasure does to each table of a service: the statements that erase, by their table, and
 * what becomes of every other table, and why. A statement has the parameters {@code customer} and
 * {@code rows}, erases so many at most and answers how many; it is repeated until nothing is left,
 * so that none takes long. Each service has a test that fails for a table that is not listed.
 */
public record PersonalRows(Map<String, String> erased, Map<String, String> others) {

    private static final int ROWS_AT_ONCE = 5_000;

    /** The tables that platform and directory bring into every service. */
    private static final Map<String, String> SHARED =
            Map.ofEntries(
                    Map.entry("outbox", "numbered events hold nothing personal; snapshots go"),
                    Map.entry("idempotency_key", "the answers that speak of the customer go"),
                    Map.entry("parked_event", "snapshots go; numbered events are not personal"),
                    Map.entry("early_event", "numbered events only, which are not personal"),
                    Map.entry("customer_sequence", "an id and a number, and that it was erased"),
                    Map.entry("consumer_progress", "ids and numbers"),
                    Map.entry("consumer_position", "places in topics"),
                    Map.entry("relay_lease", "who sends"),
                    Map.entry("relay_offset", "places in topics"),
                    Map.entry("lost_event", "ids, types and places in topics"),
                    Map.entry("timer", "ids and times"),
                    Map.entry("projection", "names and numbers"),
                    Map.entry("directory_customer_by_generation", "an id, and that it was erased"),
                    Map.entry("customer_erasure", "ids and times: that it was done"),
                    Map.entry("flyway_schema_history", "migrations"));

    // Of all generations, also of one that a replay folds beside. The projection comes to the same,
    // but the service confirms now that it holds them no more.
    private static final String IDENTITIES =
            """
            WITH gone AS (
                DELETE FROM directory_identity_by_generation WHERE ctid = ANY(ARRAY(
                    SELECT i.ctid FROM directory_identity_by_generation AS i
                    WHERE i.customer_id = :customer AND i.generation = ANY(ARRAY(
                        SELECT generate_series(1, newest) FROM projection WHERE name = 'directory'))
                    LIMIT :rows))
                RETURNING 1)
            SELECT count(*) FROM gone""";

    /** What a service adds of its own. */
    public static PersonalRows of(Map<String, String> erased, Map<String, String> others) {
        Map<String, String> all = new TreeMap<>(erased);
        all.put("directory_identity_by_generation", IDENTITIES);
        Map<String, String> rest = new TreeMap<>(SHARED);
        rest.putAll(others);
        return new PersonalRows(all, rest);
    }

    /** The names of all tables, each once. */
    public Set<String> tables() {
        Set<String> tables = new TreeSet<>(erased.keySet());
        tables.addAll(others.keySet());
        if (tables.size() < erased.size() + others.size()) {
            throw new IllegalStateException("a table is listed twice");
        }
        return tables;
    }

    /** Erases in the transaction of the caller, who has locked the customer's sequence. */
    void erase(Handle handle, UUID customer) {
        for (String statement : erased.values()) {
            long rows;
            do {
                rows =
                        handle.createQuery(statement)
                                .bind("customer", customer)
                                .bind("rows", ROWS_AT_ONCE)
                                .mapTo(long.class)
                                .one();
            } while (rows == ROWS_AT_ONCE);
        }
    }
}

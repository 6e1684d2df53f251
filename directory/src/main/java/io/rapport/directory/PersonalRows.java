package io.rapport.directory;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What an erasure does to each table of a service: the statements that erase, by their table, and
 * what becomes of every other table, and why. A statement has the parameters {@code customer},
 * {@code after} and {@code rows}: of the customer's rows with a greater key than {@code after} it
 * erases the first so many, in the order of keys. It answers the last one's key; no row, or a NULL,
 * when there were fewer. So none takes long, and none meets again what was erased before. Each
 * service has a test that fails for a table that is not listed.
 */
public record PersonalRows(NavigableMap<String, String> erased, Map<String, String> others) {

    /** Where an erasure stopped: after the row of this table with this key. */
    record Place(String table, UUID after) {}

    /** Rows of a table that one step takes. */
    static final int ROWS_AT_ONCE = 1_000;

    private static final UUID BEFORE_ALL = new UUID(0, 0);

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
                    Map.entry(
                            "directory_customer_by_generation",
                            "an id, and that it was erased; birthday and preferences go when an erasure begins"),
                    Map.entry("directory_identity_by_generation", "goes when an erasure begins"),
                    Map.entry("customer_erasure", "ids and times: how far it has come"),
                    Map.entry("flyway_schema_history", "migrations"));

    /** What a service adds of its own. */
    public static PersonalRows of(Map<String, String> erased, Map<String, String> others) {
        Map<String, String> rest = new TreeMap<>(SHARED);
        rest.putAll(others);
        return new PersonalRows(new TreeMap<>(erased), rest);
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

    /**
     * Erases the next rows after those that were {@code reached}, in the transaction of the caller,
     * who has locked the customer's sequence. Answers how far it has come; empty when nothing is
     * left.
     */
    Optional<Place> eraseNext(Handle handle, UUID customer, @Nullable Place reached) {
        Map<String, String> rest = reached == null ? erased : erased.tailMap(reached.table(), true);
        for (Map.Entry<String, String> statement : rest.entrySet()) {
            String table = statement.getKey();
            UUID after =
                    reached != null && reached.table().equals(table) ? reached.after() : BEFORE_ALL;
            Optional<UUID> last =
                    handle.createQuery(statement.getValue())
                            .bind("customer", customer)
                            .bind("after", after)
                            .bind("rows", ROWS_AT_ONCE)
                            .mapTo(UUID.class)
                            .findOne();
            if (last.isPresent()) {
                return Optional.of(new Place(table, last.get()));
            }
        }
        return Optional.empty();
    }
}

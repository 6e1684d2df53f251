package io.rapport.platform.event;

import io.rapport.platform.Columns;
import io.rapport.platform.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/**
 * What a consumer has applied of each customer. Rows are locked in id order before anything is
 * decided by them.
 */
@ApplicationScoped
class ProgressTable {

    /** One customer's row while it is locked. */
    static final class Progress {
        private final UUID customer;
        private long applied;
        private int early;
        private int parked;
        private boolean changed;

        Progress(UUID customer, long applied, int early, int parked) {
            this.customer = customer;
            this.applied = applied;
            this.early = early;
            this.parked = parked;
        }

        UUID customer() {
            return customer;
        }

        long applied() {
            return applied;
        }

        int early() {
            return early;
        }

        boolean heldBack() {
            return parked > 0;
        }

        void apply(long sequence) {
            applied = sequence;
            changed = true;
        }

        void setAside() {
            early++;
            changed = true;
        }

        void takeUp() {
            early--;
            changed = true;
        }

        void park() {
            parked++;
            changed = true;
        }

        void release() {
            parked--;
            changed = true;
        }
    }

    private static final String ADD_MISSING =
            """
            INSERT INTO consumer_progress (consumer, topic, customer_id)
            SELECT :consumer, :topic, customer FROM unnest(:customers) AS customer
            ON CONFLICT DO NOTHING""";

    // A row for each customer in the order given, by the primary key: a plain join might be planned
    // as a scan of all customers.
    private static final String LOCK =
            """
            SELECT progress.* FROM unnest(:customers) AS named (customer_id)
            CROSS JOIN LATERAL (
                SELECT customer_id, applied, early, parked FROM consumer_progress AS p
                WHERE p.customer_id = named.customer_id AND p.topic = :topic AND p.consumer = :consumer
                FOR UPDATE) AS progress""";

    private static final String LOCK_IF_FREE =
            """
            SELECT customer_id, applied, early, parked FROM consumer_progress
            WHERE customer_id = ANY(:customers) AND topic = :topic AND consumer = :consumer
            FOR UPDATE SKIP LOCKED""";

    // All rows are there and locked; an insertion finds them by the primary key.
    private static final String STORE =
            """
            INSERT INTO consumer_progress (consumer, topic, customer_id, applied, early, parked)
            SELECT :consumer, :topic, c.* FROM unnest(:customers, :applied, :early, :parked) AS c
            ON CONFLICT (customer_id, topic, consumer) DO UPDATE
            SET applied = EXCLUDED.applied, early = EXCLUDED.early, parked = EXCLUDED.parked""";

    private final Jdbi jdbi;

    ProgressTable(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    Map<UUID, Progress> lock(String consumer, String topic, Collection<UUID> customers) {
        List<UUID> ordered = customers.stream().distinct().sorted(Ids.BY_VALUE).toList();
        if (ordered.isEmpty()) {
            return Map.of();
        }
        Map<UUID, Progress> locked = select(LOCK, consumer, topic, ordered);
        if (locked.size() == ordered.size()) {
            return locked;
        }
        jdbi.useHandle(
                handle ->
                        handle.createUpdate(ADD_MISSING)
                                .bind("consumer", consumer)
                                .bind("topic", topic)
                                .bindArray("customers", UUID.class, ordered)
                                .execute());
        return select(LOCK, consumer, topic, ordered);
    }

    /** The customer's row, unless there is none or somebody else has it locked. */
    Optional<Progress> lockIfFree(String consumer, String topic, UUID customer) {
        return select(LOCK_IF_FREE, consumer, topic, List.of(customer)).values().stream()
                .findFirst();
    }

    private Map<UUID, Progress> select(
            String sql, String consumer, String topic, List<UUID> ordered) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(sql)
                                .bind("consumer", consumer)
                                .bind("topic", topic)
                                .bindArray("customers", UUID.class, ordered)
                                .map((row, context) -> progress(row))
                                .collect(Collectors.toMap(Progress::customer, row -> row)));
    }

    private static Progress progress(ResultSet row) throws SQLException {
        return new Progress(
                row.getObject("customer_id", UUID.class),
                row.getLong("applied"),
                row.getInt("early"),
                row.getInt("parked"));
    }

    void store(String consumer, String topic, Collection<Progress> rows) {
        List<Progress> changed = rows.stream().filter(row -> row.changed).toList();
        if (changed.isEmpty()) {
            return;
        }
        Columns<Progress> columns =
                Columns.of(changed)
                        .add("customers", UUID.class, row -> row.customer)
                        .add("applied", Long.class, row -> row.applied)
                        .add("early", Integer.class, row -> row.early)
                        .add("parked", Integer.class, row -> row.parked);
        jdbi.useHandle(
                handle ->
                        columns.bindTo(handle.createUpdate(STORE))
                                .bind("consumer", consumer)
                                .bind("topic", topic)
                                .execute());
    }
}

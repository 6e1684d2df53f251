package io.rapport.operations.restore;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * What a database that was restored to an older state has lost, as the relay finds it in the
 * topics, and the way on without it. Thread-safe, on any replica.
 */
@ApplicationScoped
public class LostEvents {

    public record Superseded(String topic, UUID customer, long version, long events) {}

    private static final Logger LOG = Logger.getLogger(LostEvents.class);
    private static final int CUSTOMERS_AT_ONCE = 200;

    private static final String PAGE =
            """
            SELECT number, topic, partition, "offset", customer_id AS customer, sequence, version, id, type, time,
                   found_at, accepted_at
            FROM lost_event WHERE number > ? ORDER BY number LIMIT ?""";

    private static final String OPEN =
            """
            WITH lost AS (
                SELECT customer_id, count(*) AS events, min(sequence) AS first, max(version) AS version
                FROM lost_event WHERE accepted_at IS NULL GROUP BY customer_id)
            SELECT CAST(coalesce(sum(events), 0) AS bigint) AS events, count(first) AS customers,
                   (SELECT count(*) FROM outbox AS o JOIN lost USING (customer_id)
                    WHERE o.sequence >= lost.first) AS renumbered,
                   count(version) AS republished
            FROM lost""";

    private static final String CUSTOMERS =
            """
            SELECT DISTINCT customer_id FROM lost_event
            WHERE accepted_at IS NULL AND (sequence IS NOT NULL) = ? ORDER BY customer_id LIMIT ?""";

    // Callers take turns at this row, and whoever relays does not send meanwhile.
    private static final String HOLD_RELAY = "SELECT epoch FROM relay_lease FOR UPDATE";

    // Whoever writes about these customers has committed when this is done, or waits for the end.
    private static final String HOLD_COUNTERS =
            """
            INSERT INTO customer_sequence AS s (customer_id, last)
            SELECT customer_id, max(sequence) FROM lost_event
            WHERE accepted_at IS NULL AND sequence IS NOT NULL AND customer_id = ANY(:customers)
            GROUP BY customer_id ORDER BY customer_id
            ON CONFLICT (customer_id) DO UPDATE SET last = greatest(s.last, excluded.last)""";

    private static final String ACCEPT =
            """
            WITH accepted AS (
                UPDATE lost_event SET accepted_at = :now
                WHERE accepted_at IS NULL AND (sequence IS NOT NULL) = :numbered AND customer_id = ANY(:customers)
                RETURNING topic, partition, "offset", customer_id, sequence, version),
            reached AS (
                INSERT INTO relay_offset AS r (topic, partition, next_offset)
                SELECT topic, partition, max("offset") + 1 FROM accepted GROUP BY topic, partition
                ON CONFLICT (topic, partition) DO UPDATE SET next_offset = greatest(r.next_offset, excluded.next_offset))
            """;

    // A log has no gaps: what waits under a number below the first lost one lies in it under the
    // same id, and what waits from that number on was numbered by the restored database.
    private static final String RENUMBER =
            ACCEPT
                    + """
                    , lost AS (
                        SELECT customer_id, min(sequence) AS first, max(sequence) AS last
                        FROM accepted GROUP BY customer_id),
                    renumbered AS (
                        UPDATE outbox AS o SET sequence = o.sequence + lost.last - lost.first + 1
                        FROM lost WHERE o.customer_id = lost.customer_id AND o.sequence >= lost.first
                        RETURNING o.customer_id, o.sequence),
                    raised AS (
                        UPDATE customer_sequence AS s SET last = greatest(s.last, lost.last, (
                            SELECT max(r.sequence) FROM renumbered AS r WHERE r.customer_id = s.customer_id))
                        FROM lost WHERE s.customer_id = lost.customer_id)
                    SELECT (SELECT count(*) FROM accepted) AS events, (SELECT count(*) FROM lost) AS customers,
                           (SELECT count(*) FROM renumbered) AS renumbered, CAST(0 AS bigint) AS republished""";

    private static final String SUPERSEDE =
            ACCEPT
                    + """
                    SELECT topic, customer_id AS customer, max(version) AS version, count(*) AS events
                    FROM accepted GROUP BY topic, customer_id ORDER BY customer_id, topic""";

    private final Jdbi jdbi;
    private final Clock clock;
    private final String prefix;
    private final Instance<SnapshotSource> sources;

    LostEvents(
            Jdbi jdbi,
            Clock clock,
            @ConfigProperty(name = "rapport.topics.prefix") String prefix,
            @Any Instance<SnapshotSource> sources) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.prefix = prefix;
        this.sources = sources;
    }

    /** Those numbered above {@code after}, accepted ones too, in the order of finding them. */
    List<LostEvent> listAfter(long after, int rows) {
        return jdbi.withHandle(
                h -> h.select(PAGE, after, rows).map(ConstructorMapper.of(LostEvent.class)).list());
    }

    /** What {@link #accept} would do now. */
    public Acceptance open() {
        return jdbi.withHandle(
                h -> h.createQuery(OPEN).map(ConstructorMapper.of(Acceptance.class)).one());
    }

    /**
     * Goes on without what is listed: no number and no version of it is given again, and what waits
     * is sent. Some customers a transaction, so that it can be broken off and repeated; the relay
     * begins when nothing is left. Call it outside a transaction.
     */
    public Acceptance accept() {
        Acceptance all = Acceptance.NOTHING;
        for (boolean numbered : new boolean[] {true, false}) {
            List<UUID> customers = customers(numbered);
            while (!customers.isEmpty()) {
                List<UUID> some = customers;
                all =
                        all.plus(
                                QuarkusTransaction.requiringNew()
                                        .call(() -> accept(numbered, some)));
                customers = customers(numbered);
            }
        }
        LOG.warnf("Lost events were accepted: %s", all);
        return all;
    }

    private List<UUID> customers(boolean numbered) {
        return jdbi.withHandle(
                h -> h.select(CUSTOMERS, numbered, CUSTOMERS_AT_ONCE).mapTo(UUID.class).list());
    }

    private Acceptance accept(boolean numbered, List<UUID> customers) {
        jdbi.useHandle(handle -> handle.createQuery(HOLD_RELAY).mapTo(long.class).one());
        return numbered ? renumber(customers) : republish(customers);
    }

    private Acceptance renumber(List<UUID> customers) {
        return jdbi.withHandle(
                handle -> {
                    handle.createUpdate(HOLD_COUNTERS)
                            .bindArray("customers", UUID.class, customers)
                            .execute();
                    return handle.createQuery(RENUMBER)
                            .bind("now", clock.instant())
                            .bind("numbered", true)
                            .bindArray("customers", UUID.class, customers)
                            .map(ConstructorMapper.of(Acceptance.class))
                            .one();
                });
    }

    private Acceptance republish(List<UUID> customers) {
        List<Superseded> lost =
                jdbi.withHandle(
                        handle ->
                                handle.createQuery(SUPERSEDE)
                                        .bind("now", clock.instant())
                                        .bind("numbered", false)
                                        .bindArray("customers", UUID.class, customers)
                                        .map(ConstructorMapper.of(Superseded.class))
                                        .list());
        lost.forEach(state -> source(state.topic()).republish(state.customer(), state.version()));
        long events = lost.stream().mapToLong(Superseded::events).sum();
        return new Acceptance(events, 0, 0, lost.size());
    }

    private SnapshotSource source(String topic) {
        return sources.stream()
                .filter(source -> source.topic().nameIn(prefix).equals(topic))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nobody publishes anew on " + topic));
    }
}

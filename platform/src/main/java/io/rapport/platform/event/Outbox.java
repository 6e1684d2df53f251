package io.rapport.platform.event;

import io.rapport.platform.Ids;
import io.rapport.platform.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.generic.GenericType;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * Where events wait for the relay, written in the transaction that makes them true. Call it last in
 * a use case: it holds the customer's sequence row until the commit.
 */
@ApplicationScoped
public class Outbox {

    /**
     * The event's id, kept over all retries, and its number among this service's events of the
     * customer.
     */
    public record Published(UUID id, UUID customer, long sequence) {}

    /** A customer's current state, in the version that it has. */
    public record Snapshot(UUID customer, long version, Object payload) {}

    // What was not caused by anything correlates with itself.
    private static final String CAUSE_AND_PAYLOAD =
            """
            coalesce(:cause.correlationId, CAST(:id AS text)), :cause.causationId, :cause.hops,
            :cause.traceparent, :payload""";

    // The number is taken first, under the lock of the customer's row, and the position only then:
    // the SELECT yields no row before the upsert has its lock. So position order is sequence order
    // for each customer. None of one who was erased, which is known under the same lock.
    private static final String INSERT_EVENT =
            """
            WITH numbered AS (
                INSERT INTO customer_sequence AS s (customer_id, last) VALUES (:customer, 1)
                ON CONFLICT (customer_id) DO UPDATE SET last = s.last + 1 WHERE :ofErased OR NOT s.erased
                RETURNING s.last)
            INSERT INTO outbox (id, topic, customer_id, type, time, sequence,
                                correlation_id, causation_id, hops, traceparent, payload)
            SELECT :id, :topic, :customer, :type, :time, numbered.last,
            """
                    + CAUSE_AND_PAYLOAD
                    + " FROM numbered";

    // Snapshots, and events that have their numbers. As VALUES, of which the driver makes few
    // statements: each one reads the table's constraints anew.
    private static final String INSERT =
            """
            INSERT INTO outbox (id, topic, customer_id, type, time, sequence, version,
                                correlation_id, causation_id, hops, traceparent, payload)
            VALUES (:id, :topic, :customer, :type, :time, :sequence, :version,
            """
                    + CAUSE_AND_PAYLOAD
                    + ")";

    // Of several events at once: all locks, in the order of the customers, before any position.
    private static final String NUMBER =
            """
            INSERT INTO customer_sequence AS s (customer_id, last)
            SELECT customer, count(*) FROM unnest(:customers) AS customer GROUP BY 1 ORDER BY 1
            ON CONFLICT (customer_id) DO UPDATE SET last = s.last + EXCLUDED.last
                WHERE NOT (s.erased AND s.customer_id = ANY(:alive))
            RETURNING customer_id, last""";

    // Also where nothing was published yet: the row then stands for the lock of the first event.
    private static final String MARK_ERASED =
            """
            INSERT INTO customer_sequence (customer_id, last, erased)
            SELECT DISTINCT customer, 0, true FROM unnest(:customers) AS customer ORDER BY customer
            ON CONFLICT (customer_id) DO UPDATE SET erased = true""";

    // The relay sends in position order, and reads no later row before it knows that the ones in
    // its hands were committed: what it is removing now, which is skipped, lies before the
    // tombstone.
    private static final String REMOVE_SNAPSHOTS =
            """
            DELETE FROM outbox WHERE position = ANY(ARRAY(
                SELECT position FROM outbox
                WHERE customer_id = ANY(:customers) AND sequence IS NULL AND payload IS NOT NULL
                FOR UPDATE SKIP LOCKED))""";

    private final Jdbi jdbi;
    private final Clock clock;
    private final Installation installation;
    private final Versions versions;
    private final CommitSignal commitSignal;

    Outbox(
            Jdbi jdbi,
            Clock clock,
            Installation installation,
            Versions versions,
            CommitSignal commitSignal) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.installation = installation;
        this.versions = versions;
        this.commitSignal = commitSignal;
    }

    /**
     * Publishes a fact on this service's log with the transaction of the caller; refused with
     * {@code customer-erased} of a customer who was {@linkplain #erase erased}.
     */
    @Transactional(TxType.MANDATORY)
    public Published publish(Event event) {
        return publishAll(List.of(event)).getFirst();
    }

    /**
     * Publishes several facts at once and answers in the order given. Customers are locked in id
     * order, so that two callers cannot block each other for good; each customer's events keep
     * their order.
     */
    @Transactional(TxType.MANDATORY)
    public List<Published> publishAll(List<? extends Event> events) {
        Cause cause = Cause.current();
        if (cause.hops() > Cause.MAX_HOPS) {
            throw Refusal.unprocessable(
                    "too-many-hops",
                    "More than " + Cause.MAX_HOPS + " reactions lie behind this event.");
        }
        String topic = installation.topic(installation.log());
        List<OutboxRow> rows = events.stream().map(event -> row(topic, event, cause)).toList();
        Map<UUID, Long> sequences =
                rows.isEmpty() ? Map.of() : jdbi.withHandle(handle -> number(handle, rows));
        List<Published> published =
                rows.stream()
                        .map(
                                row ->
                                        new Published(
                                                row.id(),
                                                row.customer(),
                                                sequences.getOrDefault(row.id(), 0L)))
                        .toList();
        commitSignal.onCommit();
        Versions.published(versions, published);
        return published;
    }

    /**
     * Publishes the customer's current state on a compacted topic. The caller holds the lock under
     * which it made {@code version}, so that versions stand in the outbox in their order.
     */
    @Transactional(TxType.MANDATORY)
    public void snapshot(Topic topic, UUID customer, long version, Object payload) {
        snapshots(topic, List.of(new Snapshot(customer, version, payload)));
    }

    /** The same of several customers at once. */
    @Transactional(TxType.MANDATORY)
    public void snapshots(Topic topic, List<Snapshot> snapshots) {
        insertSnapshots(
                topic,
                snapshots.stream()
                        .map(
                                one ->
                                        row(
                                                topic,
                                                one.customer,
                                                one.version,
                                                EventJson.write(one.payload)))
                        .toList());
    }

    /**
     * Publishes that nothing is held about the customer any more; see {@link #snapshot} for the
     * version.
     */
    @Transactional(TxType.MANDATORY)
    public void tombstone(Topic topic, UUID customer, long version) {
        insertSnapshots(topic, List.of(row(topic, customer, version, null)));
    }

    /**
     * Removes the snapshots of these customers that wait, never a numbered event, and from now on
     * refuses events of them but those that tell of the erasure. Erase what is personal after, in
     * this transaction or later ones: the lock that it takes, in id order, is that of each event,
     * and keeps out whoever is writing about them now.
     */
    @Transactional(TxType.MANDATORY)
    public void erase(Collection<UUID> customers) {
        jdbi.useHandle(
                handle -> {
                    for (String statement : List.of(MARK_ERASED, REMOVE_SNAPSHOTS)) {
                        handle.createUpdate(statement)
                                .bindArray("customers", UUID.class, customers)
                                .execute();
                    }
                });
    }

    private OutboxRow row(Topic topic, UUID customer, long version, @Nullable String payload) {
        return new OutboxRow(
                Ids.next(),
                installation.topic(topic),
                customer,
                topic.snapshotType(),
                clock.instant(),
                version,
                Cause.current(),
                payload,
                false);
    }

    private void insertSnapshots(Topic topic, List<OutboxRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        jdbi.useHandle(handle -> insert(handle, rows, Map.of()));
        commitSignal.onCommit();
        rows.forEach(
                row ->
                        Versions.published(
                                versions,
                                topic,
                                row.customer(),
                                Objects.requireNonNull(row.version())));
    }

    private static OutboxRow row(String topic, Event event, Cause cause) {
        return new OutboxRow(
                Ids.next(),
                topic,
                event.customer(),
                typeOf(event),
                event.time(),
                null,
                cause,
                EventJson.write(event),
                event.ofErased());
    }

    /** Inserts the events, and answers the sequence of each by its id. */
    private static Map<UUID, Long> number(Handle handle, List<OutboxRow> rows) {
        if (rows.size() == 1) {
            OutboxRow only = rows.getFirst();
            long sequence =
                    handle.createQuery(INSERT_EVENT + " RETURNING sequence")
                            .bindMethods(only)
                            .mapTo(long.class)
                            .findOne()
                            .orElseThrow(Refusal::customerErased);
            return Map.of(only.id(), sequence);
        }
        Map<UUID, Long> sequences = countBack(rows, last(handle, rows));
        insert(handle, rows, sequences);
        return sequences;
    }

    private static void insert(Handle handle, List<OutboxRow> rows, Map<UUID, Long> sequences) {
        PreparedBatch batch = handle.prepareBatch(INSERT);
        rows.forEach(row -> batch.bindMethods(row).bind("sequence", sequences.get(row.id())).add());
        batch.execute();
    }

    /** The counter of each customer, with these events; refused where one was erased. */
    private static Map<UUID, Long> last(Handle handle, List<OutboxRow> rows) {
        List<UUID> customers = rows.stream().map(OutboxRow::customer).toList();
        List<UUID> alive =
                rows.stream().filter(row -> !row.ofErased()).map(OutboxRow::customer).toList();
        Map<UUID, Long> last =
                handle.createQuery(NUMBER)
                        .bindArray("customers", UUID.class, customers)
                        .bindArray("alive", UUID.class, alive)
                        .setMapKeyColumn("customer_id")
                        .setMapValueColumn("last")
                        .collectInto(new GenericType<Map<UUID, Long>>() {});
        if (!last.keySet().containsAll(customers)) {
            throw Refusal.customerErased();
        }
        return last;
    }

    /** The transaction holds the customers' rows, so its own events are the last ones. */
    private static Map<UUID, Long> countBack(List<OutboxRow> ordered, Map<UUID, Long> last) {
        Map<UUID, Long> next = new HashMap<>(last);
        Map<UUID, Long> sequences = new HashMap<>();
        for (OutboxRow row : ordered.reversed()) {
            sequences.put(row.id(), next.getOrDefault(row.customer(), 0L));
            next.merge(row.customer(), -1L, Long::sum);
        }
        return sequences;
    }

    private static String typeOf(Event event) {
        EventType type = event.getClass().getAnnotation(EventType.class);
        if (type == null) {
            throw new IllegalArgumentException(event.getClass().getName() + " has no @EventType");
        }
        return type.value();
    }
}

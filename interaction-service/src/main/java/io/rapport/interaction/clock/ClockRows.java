package io.rapport.interaction.clock;

import io.rapport.interaction.clock.ClockRules.Asked;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The table {@code thread_clock}, and what clocks have to know of their threads. */
@ApplicationScoped
class ClockRows {

    private static final String COLUMNS =
            " c.customer_id AS customer, c.id, c.thread_id AS thread, c.kind, c.policy, c.rules_version, c.target_ms,"
                    + " c.started_at, c.changed_at, c.running, c.used_ms, c.due, c.breached_at, c.ended_at, c.dropped ";
    private static final String BY_ID = "SELECT" + COLUMNS + "FROM thread_clock c WHERE c.id = :id";
    private static final String OPEN =
            "SELECT"
                    + COLUMNS
                    + "FROM thread_clock c WHERE c.thread_id = :thread AND c.ended_at IS NULL ORDER BY c.id";
    private static final String HOLD =
            "SELECT erased FROM customer_sequence WHERE customer_id = :customer FOR UPDATE";

    private static final String INSERT =
            """
            INSERT INTO thread_clock (customer_id, id, thread_id, kind, policy, rules_version, target_ms,
                                      started_at, changed_at, running, used_ms, due, breached_at, ended_at, dropped)
            VALUES (:customer, :id, :thread, :kind, :policy, :rulesVersion, :targetMs,
                    :startedAt, :changedAt, :running, :usedMs, :due, :breachedAt, :endedAt, :dropped)""";
    private static final String UPDATE =
            """
            UPDATE thread_clock SET changed_at = :changedAt, running = :running, used_ms = :usedMs,
                due = :due, breached_at = :breachedAt, ended_at = :endedAt, dropped = :dropped
            WHERE customer_id = :customer AND id = :id""";

    // What the customer asked last; where we have turned to the customer first, the newest of all.
    private static final String ASKED =
            """
            SELECT i.type, i.channel, i.touchpoint
            FROM thread_interaction m
            JOIN interaction i ON i.customer_id = m.customer_id AND i.id = m.interaction_id
            WHERE m.thread_id = ANY(:threads) AND m.customer_id = ANY(:customers)
            ORDER BY i.direction = 'INBOUND' DESC, m.occurred_at DESC, m.interaction_id DESC LIMIT 1""";
    private static final String REPLIED =
            """
            SELECT EXISTS (
                SELECT FROM thread_interaction m
                JOIN interaction i ON i.customer_id = m.customer_id AND i.id = m.interaction_id
                WHERE m.thread_id = ANY(:threads) AND m.customer_id = ANY(:customers) AND i.direction = 'OUTBOUND')""";
    private static final String ASKED_SINCE =
            """
            SELECT min(m.occurred_at)
            FROM thread_interaction m
            JOIN interaction i ON i.customer_id = m.customer_id AND i.id = m.interaction_id
            WHERE m.thread_id = ANY(:threads) AND m.customer_id = ANY(:customers)
              AND i.direction = 'INBOUND' AND m.occurred_at > :since""";

    private final Jdbi jdbi;

    ClockRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    Optional<ThreadClock> find(UUID id) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(BY_ID)
                                .bind("id", id)
                                .map(ConstructorMapper.of(ThreadClock.class))
                                .findOne());
    }

    /** Those of the thread that wait; two at most. */
    List<ThreadClock> open(UUID thread) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(OPEN)
                                .bind("thread", thread)
                                .map(ConstructorMapper.of(ThreadClock.class))
                                .list());
    }

    /** Those of all these threads, the newest first. */
    List<ThreadClock> page(List<UUID> threads, @Nullable UUID last, int rows) {
        String sql =
                "SELECT page.* FROM unnest(:threads) AS thread (id) CROSS JOIN LATERAL (SELECT"
                        + COLUMNS
                        + "FROM thread_clock c WHERE c.thread_id = thread.id"
                        + (last == null ? "" : " AND c.id < :last")
                        + " ORDER BY c.id DESC LIMIT :rows) AS page ORDER BY page.id DESC LIMIT :rows";
        return jdbi.withHandle(
                handle -> {
                    Query query =
                            handle.createQuery(sql)
                                    .bindArray("threads", UUID.class, threads)
                                    .bind("rows", rows);
                    if (last != null) {
                        query.bind("last", last);
                    }
                    return query.map(ConstructorMapper.of(ThreadClock.class)).list();
                });
    }

    /** The lock that every write about the customer takes. False for one who was erased. */
    boolean hold(UUID customer) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(HOLD)
                                .bind("customer", customer)
                                .mapTo(boolean.class)
                                .findOne()
                                .map(erased -> !erased)
                                .orElse(true));
    }

    Optional<Asked> asked(Whole whole) {
        return jdbi.withHandle(
                handle ->
                        of(whole, handle.createQuery(ASKED))
                                .map(ConstructorMapper.of(Asked.class))
                                .findOne());
    }

    boolean replied(Whole whole) {
        return jdbi.withHandle(
                handle -> of(whole, handle.createQuery(REPLIED)).mapTo(boolean.class).one());
    }

    /** When the customer turned to us first after that time. */
    Optional<Instant> askedSince(Whole whole, Instant since) {
        return jdbi.withHandle(
                handle ->
                        of(whole, handle.createQuery(ASKED_SINCE))
                                .bind("since", since)
                                .map(row -> Optional.ofNullable(row.getColumn(1, Instant.class)))
                                .one());
    }

    private static Query of(Whole whole, Query query) {
        return query.bindArray("threads", UUID.class, whole.threads())
                .bindArray("customers", UUID.class, whole.customers());
    }

    void insert(ThreadClock clock) {
        jdbi.useHandle(handle -> handle.createUpdate(INSERT).bindMethods(clock).execute());
    }

    void update(ThreadClock clock) {
        jdbi.useHandle(handle -> handle.createUpdate(UPDATE).bindMethods(clock).execute());
    }
}

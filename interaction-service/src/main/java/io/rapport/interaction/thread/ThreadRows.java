package io.rapport.interaction.thread;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The table {@code thread}. Each statement reads by an index what it answers, and no more. */
@ApplicationScoped
class ThreadRows {

    private static final String COLUMNS =
            " t.customer_id AS customer, t.id, t.status, t.status_since, t.opened_at, t.merged_into, t.version ";
    private static final String BY_ID = "SELECT" + COLUMNS + "FROM thread t WHERE t.id = :id";

    // UNION, not UNION ALL: no chain of links goes round in a circle, but if one did, this would
    // end.
    private static final String ABOVE =
            """
            WITH RECURSIVE above AS (
                SELECT t.id, t.merged_into FROM thread t WHERE t.id = :id
                UNION
                SELECT t.id, t.merged_into FROM above a JOIN thread t ON t.id = a.merged_into
                WHERE :anyone OR t.customer_id = ANY(:customers))
            SELECT a.id, a.merged_into FROM above a""";
    private static final String ROOT =
            "SELECT top.id FROM ("
                    + ABOVE
                    + ") AS top WHERE NOT EXISTS (SELECT FROM thread u"
                    + " WHERE u.id = top.merged_into AND u.customer_id = ANY(:customers))";
    private static final String BELOW =
            """
            WITH RECURSIVE matter AS (
                SELECT CAST(:id AS uuid) AS id
                UNION
                SELECT t.id FROM matter m JOIN thread t ON t.merged_into = m.id AND t.customer_id = ANY(:customers))
            SELECT id FROM matter""";

    private static final String INSERT =
            """
            INSERT INTO thread (customer_id, id, status, status_since, opened_at, merged_into, version)
            VALUES (:customer, :id, :status, :statusSince, :openedAt, :mergedInto, :version)""";
    private static final String UPDATE =
            """
            UPDATE thread SET status = :status, status_since = :statusSince, merged_into = :mergedInto, version = :version
            WHERE customer_id = :customer AND id = :id""";

    private final Jdbi jdbi;

    ThreadRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    Optional<InteractionThread> find(UUID id) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(BY_ID)
                                .bind("id", id)
                                .map(ConstructorMapper.of(InteractionThread.class))
                                .findOne());
    }

    /** The thread into which it was merged in the end, by links among these customers. */
    UUID root(UUID id, Collection<UUID> customers) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(ROOT)
                                .bind("id", id)
                                .bind("anyone", false)
                                .bindArray("customers", UUID.class, customers)
                                .mapTo(UUID.class)
                                .findFirst()
                                .orElse(id));
    }

    /** Whether a link leads from one to the other, whoever their customers are. */
    boolean leadsTo(UUID from, UUID to) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(ABOVE)
                                .bind("id", from)
                                .bind("anyone", true)
                                .bindArray("customers", UUID.class, List.of())
                                .map((row, context) -> row.getObject("id", UUID.class))
                                .list()
                                .contains(to));
    }

    /** The thread and all that were merged into it, by links among these customers. */
    List<UUID> below(UUID id, Collection<UUID> customers) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(BELOW)
                                .bind("id", id)
                                .bindArray("customers", UUID.class, customers)
                                .mapTo(UUID.class)
                                .list());
    }

    /** The newest first; those that were merged into a thread of these customers are left out. */
    List<InteractionThread> page(
            List<UUID> customers, @Nullable ThreadStatus status, @Nullable UUID last, int rows) {
        String sql =
                "SELECT page.* FROM unnest(:customers) AS member (id) CROSS JOIN LATERAL (SELECT"
                        + COLUMNS
                        + """
                        FROM thread t WHERE t.customer_id = member.id
                        AND NOT EXISTS (SELECT FROM thread u WHERE u.id = t.merged_into AND u.customer_id = ANY(:customers))
                        """
                        + (status == null ? "" : " AND t.status = :status")
                        + (last == null ? "" : " AND t.id < :last")
                        + " ORDER BY t.id DESC LIMIT :rows) AS page ORDER BY page.id DESC LIMIT :rows";
        return jdbi.withHandle(
                handle -> {
                    Query query =
                            handle.createQuery(sql)
                                    .bindArray("customers", UUID.class, customers)
                                    .bind("rows", rows);
                    if (status != null) {
                        query.bind("status", status.name());
                    }
                    if (last != null) {
                        query.bind("last", last);
                    }
                    return query.map(ConstructorMapper.of(InteractionThread.class)).list();
                });
    }

    void insert(InteractionThread thread) {
        jdbi.useHandle(handle -> handle.createUpdate(INSERT).bindMethods(thread).execute());
    }

    void update(InteractionThread thread) {
        jdbi.useHandle(handle -> handle.createUpdate(UPDATE).bindMethods(thread).execute());
    }
}

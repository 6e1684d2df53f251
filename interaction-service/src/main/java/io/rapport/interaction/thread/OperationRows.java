package io.rapport.interaction.thread;

import io.rapport.platform.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The log of what became of threads: rows are added and stay. */
@ApplicationScoped
class OperationRows {

    /** An interaction that was split off, and the thread that it was in. */
    public record Moved(UUID customer, UUID interaction, UUID fromThread) {}

    private static final String COLUMNS =
            """
             o.customer_id AS customer, o.id, o.kind, o.thread_id AS thread, o.other_id AS other, o.undoes,
             o.status_before, o.status_since_before, o.version_after, o.at, o.actor,
             EXISTS (SELECT FROM thread_operation u WHERE u.customer_id = o.customer_id AND u.undoes = o.id) AS undone
            """;
    private static final String BY_ID =
            "SELECT" + COLUMNS + "FROM thread_operation o WHERE o.id = :id";
    private static final String INSERT =
            """
            INSERT INTO thread_operation (customer_id, id, thread_id, kind, other_id, undoes,
                                          status_before, status_since_before, version_after, at, actor)
            VALUES (:customer, :id, :thread, :kind, :other, :undoes,
                    :statusBefore, :statusSinceBefore, :versionAfter, :at, :actor)""";
    private static final String INSERT_MOVED =
            """
            INSERT INTO thread_operation_interaction (customer_id, operation_id, interaction_id, from_thread)
            SELECT m.customer_id, :operation, m.interaction_id, m.from_thread
            FROM unnest(:customers, :interactions, :threads) AS m (customer_id, interaction_id, from_thread)""";
    private static final String MOVED =
            """
            SELECT customer_id AS customer, interaction_id AS interaction, from_thread
            FROM thread_operation_interaction WHERE operation_id = :operation""";

    private final Jdbi jdbi;

    OperationRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    Optional<ThreadOperation> find(UUID id) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(BY_ID)
                                .bind("id", id)
                                .map(ConstructorMapper.of(ThreadOperation.class))
                                .findOne());
    }

    /** Those of all these threads, the newest first. */
    List<ThreadOperation> page(List<UUID> threads, @Nullable UUID last, int rows) {
        String sql =
                "SELECT page.* FROM unnest(:threads) AS thread (id) CROSS JOIN LATERAL (SELECT"
                        + COLUMNS
                        + "FROM thread_operation o WHERE o.thread_id = thread.id"
                        + (last == null ? "" : " AND o.id < :last")
                        + " ORDER BY o.id DESC LIMIT :rows) AS page ORDER BY page.id DESC LIMIT :rows";
        return jdbi.withHandle(
                handle -> {
                    Query query =
                            handle.createQuery(sql)
                                    .bindArray("threads", UUID.class, threads)
                                    .bind("rows", rows);
                    if (last != null) {
                        query.bind("last", last);
                    }
                    return query.map(ConstructorMapper.of(ThreadOperation.class)).list();
                });
    }

    void insert(ThreadOperation operation) {
        jdbi.useHandle(handle -> handle.createUpdate(INSERT).bindMethods(operation).execute());
    }

    void insertMoved(UUID operation, Collection<Turn> before) {
        jdbi.useHandle(
                handle ->
                        Columns.of(before)
                                .add("customers", UUID.class, Turn::customer)
                                .add("interactions", UUID.class, Turn::id)
                                .add("threads", UUID.class, Turn::thread)
                                .bindTo(handle.createUpdate(INSERT_MOVED))
                                .bind("operation", operation)
                                .execute());
    }

    List<Moved> moved(UUID operation) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(MOVED)
                                .bind("operation", operation)
                                .map(ConstructorMapper.of(Moved.class))
                                .list());
    }
}

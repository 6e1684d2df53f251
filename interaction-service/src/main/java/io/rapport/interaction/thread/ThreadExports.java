package io.rapport.interaction.thread;

import io.rapport.interaction.Interaction;
import io.rapport.platform.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** Reads in which threads interactions are, for an export of them. */
@ApplicationScoped
public class ThreadExports {

    /** An interaction and the thread that it is in. */
    public record Held(
            UUID interactionId,
            UUID id,
            ThreadStatus status,
            Instant statusSince,
            Instant openedAt,
            @Nullable UUID mergedInto) {}

    private static final String THREADS =
            """
            SELECT m.interaction_id, t.id, t.status, t.status_since, t.opened_at, t.merged_into
            FROM unnest(:customers, :interactions) AS i (customer_id, id)
            JOIN thread_interaction m ON m.customer_id = i.customer_id AND m.interaction_id = i.id
            JOIN thread t ON t.id = m.thread_id AND t.customer_id = ANY(:members) ORDER BY t.id DESC, m.occurred_at DESC, m.interaction_id DESC""";

    private final Jdbi jdbi;

    ThreadExports(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Those of these customers, the newest first, each with those of the interactions that are in
     * it.
     */
    public List<ExportedThread> of(Collection<Interaction> interactions, Collection<UUID> members) {
        List<Held> held =
                jdbi.withHandle(
                        handle ->
                                Columns.of(interactions)
                                        .add("customers", UUID.class, Interaction::customer)
                                        .add("interactions", UUID.class, Interaction::id)
                                        .bindTo(handle.createQuery(THREADS))
                                        .bindArray("members", UUID.class, members)
                                        .map(ConstructorMapper.of(Held.class))
                                        .list());
        return held.stream()
                .collect(Collectors.groupingBy(Held::id, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(ThreadExports::exported)
                .toList();
    }

    private static ExportedThread exported(List<Held> held) {
        Held thread = held.getFirst();
        return new ExportedThread(
                thread.id(),
                thread.status(),
                thread.statusSince(),
                thread.openedAt(),
                thread.mergedInto(),
                held.stream().map(Held::interactionId).toList());
    }
}

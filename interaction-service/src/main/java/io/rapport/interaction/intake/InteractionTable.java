package io.rapport.interaction.intake;

import io.rapport.platform.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Writes interactions with their words and claims: one statement, however many they are. The
 * claim's primary key decides who is first: another waits there for the first to commit, and then
 * inserts nothing, neither claim nor interaction.
 */
@ApplicationScoped
class InteractionTable {

    // The LIMIT keeps it a look into the index for each key, however many claims there are.
    private static final String STANDING =
            """
            SELECT claim.* FROM unnest(:source, :sourceId) AS key (source, source_id)
            CROSS JOIN LATERAL (
                SELECT source, source_id, customer_id, interaction_id, content_hash, named_hash
                FROM interaction_claim AS c
                WHERE c.source = key.source AND c.source_id = key.source_id LIMIT 1) AS claim""";

    private final Jdbi jdbi;

    InteractionTable(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Inserts those that nobody was before, and answers the claim that stands for each key: its own
     * or an older one. The caller's transaction commits or rolls back all of it. Keys must differ.
     */
    Map<SourceKey, Claim> insertNew(Collection<Candidate> candidates) {
        return jdbi.withHandle(
                handle -> {
                    Set<UUID> inserted = insert(handle, candidates);
                    Map<SourceKey, Claim> standing = new HashMap<>();
                    List<SourceKey> others = new ArrayList<>();
                    for (Candidate candidate : candidates) {
                        if (inserted.contains(candidate.id())) {
                            standing.put(candidate.key(), candidate.claim());
                        } else {
                            others.add(candidate.key());
                        }
                    }
                    if (!others.isEmpty()) {
                        standing(handle, others).forEach(claim -> standing.put(claim.key(), claim));
                    }
                    return standing;
                });
    }

    /** Whether something is recorded under the key. */
    boolean isClaimed(SourceKey key) {
        return jdbi.withHandle(handle -> !standing(handle, List.of(key)).isEmpty());
    }

    private static Set<UUID> insert(Handle handle, Collection<Candidate> candidates) {
        if (candidates.size() != 1) {
            return InsertMany.insert(handle, candidates);
        }
        Candidate only = candidates.iterator().next();
        return InsertOne.insert(handle, only) ? Set.of(only.id()) : Set.of();
    }

    private static List<Claim> standing(Handle handle, List<SourceKey> keys) {
        return Columns.of(keys)
                .add("source", String.class, SourceKey::source)
                .add("sourceId", String.class, SourceKey::sourceId)
                .bindTo(handle.createQuery(STANDING))
                .map(
                        (row, context) ->
                                new Claim(
                                        new SourceKey(
                                                row.getString("source"),
                                                row.getString("source_id")),
                                        row.getObject("customer_id", UUID.class),
                                        row.getObject("interaction_id", UUID.class),
                                        row.getObject("content_hash", UUID.class),
                                        row.getObject("named_hash", UUID.class)))
                .list();
    }
}

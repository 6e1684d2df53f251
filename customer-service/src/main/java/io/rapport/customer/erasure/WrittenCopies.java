package io.rapport.customer.erasure;

import io.rapport.customer.exporting.WrittenExports;
import io.rapport.platform.http.IdempotencyKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * What was written of customers who are erased: files of exports, and answers that are kept. Also
 * what was written of others while the erased ones were merged into them: those others stay, and
 * what they showed then was not theirs.
 */
@ApplicationScoped
class WrittenCopies {

    // Where a survivor stands in a file is where the first of its members does: those of then, for
    // the erased ones and for whoever they were merged into.
    private static final String FIRST =
            """
            SELECT id FROM (
                SELECT unnest(CAST(:customers AS uuid[])) AS id
                UNION SELECT m.survivor_id FROM customer_merge m WHERE m.member_id = ANY(:customers)
                UNION SELECT o.member_id FROM customer_merge o WHERE o.survivor_id = ANY(ARRAY(
                    SELECT m.survivor_id FROM customer_merge m WHERE m.member_id = ANY(:customers)
                    UNION ALL SELECT unnest(CAST(:customers AS uuid[]))))
            ) AS concerned
            ORDER BY id LIMIT 1
            """;

    // The key stays, for they are there and would do the same once more: the same request again is
    // answered without a body. The clocks of two replicas differ by less than a minute.
    private static final String EMPTY_OTHERS =
            """
            UPDATE idempotency_key SET status = 204, headers = '{}', body = NULL
            WHERE scope_sha256 = ANY(ARRAY(
                SELECT k.scope_sha256 FROM customer_merge m JOIN customer_unmerge u ON u.merge_id = m.id
                CROSS JOIN LATERAL (
                    SELECT a.scope_sha256 FROM idempotency_key a
                    WHERE a.customer_ids && ARRAY[m.survivor_id]
                    AND a.answered_at BETWEEN m.merged_at - interval '1 minute' AND u.unmerged_at + interval '1 minute'
                ) AS k
                WHERE m.member_id = ANY(:customers) AND m.survivor_id <> ALL(:customers)))
            """;

    private final Jdbi jdbi;
    private final WrittenExports exports;
    private final IdempotencyKeys keys;

    WrittenCopies(Jdbi jdbi, WrittenExports exports, IdempotencyKeys keys) {
        this.jdbi = jdbi;
        this.exports = exports;
        this.keys = keys;
    }

    /**
     * Cancels the files that may hold one of these customers, within the caller's transaction;
     * answers by when the last cancelled one is gone, or null when there is none.
     */
    @Nullable Instant cancelFiles(List<UUID> customers) {
        UUID first =
                jdbi.withHandle(
                        handle ->
                                handle.createQuery(FIRST)
                                        .bindArray("customers", UUID.class, customers)
                                        .mapTo(UUID.class)
                                        .one());
        return exports.cancelFrom(first);
    }

    /** Forgets answers, after the caller has erased these customers at the outbox. */
    void forgetAnswers(List<UUID> customers) {
        keys.erase(customers);
        jdbi.useHandle(
                handle ->
                        handle.createUpdate(EMPTY_OTHERS)
                                .bindArray("customers", UUID.class, customers)
                                .execute());
    }
}

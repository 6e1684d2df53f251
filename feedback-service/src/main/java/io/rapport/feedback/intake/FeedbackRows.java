package io.rapport.feedback.intake;

import io.rapport.feedback.Metric;
import io.rapport.platform.Refusal;
import io.rapport.platform.http.Cursor;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** The rows of feedback, its text and its claims. */
@ApplicationScoped
class FeedbackRows {

    /** Where a page begins: after this one, in the order newest first. */
    record Position(Instant occurredAt, UUID id) {

        static Position of(Feedback feedback) {
            return new Position(feedback.occurredAt(), feedback.id());
        }

        static Position at(Cursor cursor) {
            return new Position(cursor.instant(0), cursor.uuid(1));
        }

        Cursor cursor() {
            return Cursor.of(occurredAt, id);
        }
    }

    private static final RowMapper<Feedback> ROW = ConstructorMapper.of(Feedback.class);

    private static final String SELECT =
            """
            SELECT f.id, f.customer_id AS customer, f.metric, f.rating, t.text, f.touchpoint,
                   f.interaction_id AS interaction, f.source, f.source_id, f.occurred_at, f.recorded_at
            FROM feedback f
            LEFT JOIN feedback_text t ON t.customer_id = f.customer_id AND t.feedback_id = f.id
            WHERE\s""";

    // The text stands beside the fact, and only where there is one.
    private static final String INSERT =
            """
            WITH fact AS (
                INSERT INTO feedback (customer_id, id, metric, rating, touchpoint, interaction_id, source, source_id,
                    occurred_at, recorded_at)
                VALUES (:customer, :id, :metric, :rating, :touchpoint, :interaction, :source, :sourceId,
                    :occurredAt, :recordedAt)
            )
            INSERT INTO feedback_text (customer_id, feedback_id, text)
            SELECT :customer, :id, :text WHERE CAST(:text AS text) IS NOT NULL""";

    private static final String INSERT_CLAIM =
            """
            INSERT INTO feedback_claim (source, source_id, customer_id, feedback_id, content_hash, named_hash)
            VALUES (:source, :sourceId, :customer, :feedback, :contentHash, :namedHash)
            ON CONFLICT DO NOTHING""";

    private static final String SELECT_CLAIM =
            """
            SELECT customer_id, feedback_id, content_hash, named_hash
            FROM feedback_claim WHERE source = :source AND source_id = :sourceId""";

    private final Jdbi jdbi;

    FeedbackRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Answers the claim that was there before; nothing when this one is the first. A racing claim
     * is waited for.
     */
    Optional<Claim> claim(Claim claim) {
        return jdbi.withHandle(
                handle -> {
                    int inserted =
                            handle.createUpdate(INSERT_CLAIM)
                                    .bind("source", claim.source())
                                    .bind("sourceId", claim.sourceId())
                                    .bind("customer", claim.customer())
                                    .bind("feedback", claim.feedback())
                                    .bind("contentHash", claim.contentHash())
                                    .bind("namedHash", claim.namedHash())
                                    .execute();
                    if (inserted == 1) {
                        return Optional.empty();
                    }
                    return Optional.of(readClaim(handle, claim.source(), claim.sourceId()));
                });
    }

    private static Claim readClaim(Handle handle, String source, String sourceId) {
        return handle.createQuery(SELECT_CLAIM)
                .bind("source", source)
                .bind("sourceId", sourceId)
                .map(
                        (row, context) ->
                                new Claim(
                                        source,
                                        sourceId,
                                        row.getObject("customer_id", UUID.class),
                                        row.getObject("feedback_id", UUID.class),
                                        row.getObject("content_hash", UUID.class),
                                        row.getObject("named_hash", UUID.class)))
                .findOne()
                // Only an erasure takes claims away.
                .orElseThrow(
                        () ->
                                Refusal.unavailable(
                                        "feedback-being-erased",
                                        "What was taken in under this source and sourceId is being erased. Repeat the same request in a moment."));
    }

    void insert(Feedback feedback) {
        jdbi.useHandle(handle -> handle.createUpdate(INSERT).bindMethods(feedback).execute());
    }

    Optional<Feedback> byId(UUID id) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(SELECT + "f.id = :id")
                                .bind("id", id)
                                .map(ROW)
                                .findOne());
    }

    /**
     * The feedback of all these customers, newest first, beyond {@code after} and of one metric
     * where these are given. Each one's is read by the index, as much as the page has.
     */
    List<Feedback> ofCustomers(
            List<UUID> customers, @Nullable Metric metric, @Nullable Position after, int limit) {
        String sql =
                "SELECT page.* FROM unnest(:customers) AS member (id) CROSS JOIN LATERAL ("
                        + SELECT
                        + "f.customer_id = member.id"
                        + (metric == null ? "" : " AND f.metric = :metric")
                        + (after == null
                                ? ""
                                : " AND (f.occurred_at, f.id) < (:afterTime, :afterId)")
                        + " ORDER BY f.occurred_at DESC, f.id DESC LIMIT :limit) AS page"
                        + " ORDER BY page.occurred_at DESC, page.id DESC LIMIT :limit";
        return jdbi.withHandle(
                handle -> {
                    var query =
                            handle.createQuery(sql)
                                    .bindArray("customers", UUID.class, customers)
                                    .bind("limit", limit);
                    if (metric != null) {
                        query.bind("metric", metric);
                    }
                    if (after != null) {
                        query.bind("afterTime", after.occurredAt()).bind("afterId", after.id());
                    }
                    return query.map(ROW).list();
                });
    }
}

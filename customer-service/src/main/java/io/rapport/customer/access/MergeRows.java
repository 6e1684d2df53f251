package io.rapport.customer.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** Which customers were one with which, and which are known not to be: pages of both. */
@ApplicationScoped
class MergeRows {

    /**
     * A merge, and its undoing if there was one; of one with somebody else by mistake without why.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Merge(
            UUID merge,
            UUID member,
            UUID survivor,
            Instant mergedAt,
            @Nullable Instant unmergedAt,
            @Nullable String reason,
            @Nullable String proof,
            @Nullable String unmergeReason) {

        Merge withoutReasons() {
            return new Merge(merge, member, survivor, mergedAt, unmergedAt, null, null, null);
        }
    }

    /** That somebody said that two customers are not the same. */
    public record Different(UUID customer, UUID other, Instant since, String by) {}

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    // Why is told of those who are one now: of a merge by mistake it may name somebody else.
    private static final String MERGES =
            """
            SELECT m.id AS merge, m.member_id AS member, m.survivor_id AS survivor, m.merged_at, u.unmerged_at,
                said.reason, said.proof, undone.reason AS unmerge_reason
            FROM (SELECT id FROM customer_merge WHERE member_id = ANY(:customers)
                  UNION SELECT id FROM customer_merge WHERE survivor_id = ANY(:customers)) AS concerned
            JOIN customer_merge m ON m.id = concerned.id
            LEFT JOIN customer_unmerge u ON u.merge_id = m.id
            LEFT JOIN customer_merge_actor said ON said.merge_id = m.id AND NOT said.unmerged
                AND m.member_id = ANY(:customers) AND m.survivor_id = ANY(:customers)
            LEFT JOIN customer_merge_actor undone ON undone.merge_id = m.id AND undone.unmerged
                AND m.member_id = ANY(:customers) AND m.survivor_id = ANY(:customers)
            WHERE m.id > :after ORDER BY m.id LIMIT :rows
            """;
    private static final String DIFFERENT =
            """
            SELECT customer, other, since, "by" FROM (
                SELECT customer_a AS customer, customer_b AS other, different_since AS since, different_by AS "by"
                FROM duplicate_pair WHERE customer_a = :customer AND customer_b > :after
                UNION ALL
                SELECT customer_b, customer_a, different_since, different_by
                FROM duplicate_pair WHERE customer_b = :customer AND customer_a > :after) AS pair
            WHERE since IS NOT NULL ORDER BY other LIMIT :rows
            """;

    private final Jdbi jdbi;

    MergeRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Merges of these customers, oldest first, after {@code last}. */
    List<Merge> merges(List<UUID> customers, @Nullable Merge last, int rows) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(MERGES)
                                .bindArray("customers", UUID.class, customers)
                                .bind("after", last == null ? BEFORE_ALL : last.merge)
                                .bind("rows", rows)
                                .map(ConstructorMapper.of(Merge.class))
                                .list());
    }

    /** Who is not the same as one customer, in the order of ids, after {@code last}. */
    List<Different> different(UUID customer, @Nullable Different last, int rows) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(DIFFERENT)
                                .bind("customer", customer)
                                .bind("after", last == null ? BEFORE_ALL : last.other)
                                .bind("rows", rows)
                                .map(ConstructorMapper.of(Different.class))
                                .list());
    }
}

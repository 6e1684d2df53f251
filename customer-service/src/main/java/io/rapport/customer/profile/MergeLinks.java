package io.rapport.customer.profile;

import com.fasterxml.jackson.databind.JsonNode;
import io.rapport.customer.profile.Merged.Member;
import io.rapport.platform.event.Cause;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Who is merged into whom: {@code customer_link} says it for now, {@code customer_merge} and what
 * hangs on it for good. Written by those who hold the rows of all customers concerned.
 */
@ApplicationScoped
public class MergeLinks {

    private static final String SELECT =
            "SELECT "
                    + CustomerRow.COLUMNS
                    + """
                    , m.id, m.survivor_id, m.rules, m.merged_at,
                    ARRAY(SELECT e.path FROM customer_merge_edit e WHERE e.merge_id = m.id)
                    """
                    + CustomerRow.FROM
                    + """
                     LEFT JOIN customer_link l ON l.member_id = c.id
                     LEFT JOIN customer_merge m ON m.id = l.merge_id
                     WHERE c.id = ANY(ARRAY(SELECT CAST(:survivor AS uuid)
                         UNION ALL SELECT k.member_id FROM customer_link k WHERE k.survivor_id = :survivor))
                     ORDER BY m.id
                    """;
    private static final String INSERT_MERGE =
            """
            INSERT INTO customer_merge (id, member_id, survivor_id, rules, merged_at)
            VALUES (:id, :member, :survivor, CAST(:rules AS jsonb), :mergedAt)
            """;
    private static final String INSERT_LINK =
            "INSERT INTO customer_link (member_id, survivor_id, merge_id) VALUES (:member, :survivor, :id)";
    private static final String INSERT_ACTOR =
            """
            INSERT INTO customer_merge_actor (merge_id, unmerged, actor, reason, proof, correlation_id)
            VALUES (:id, :unmerged, :actor, :reason, :proof, :correlationId)
            """;
    private static final String INSERT_EDIT =
            """
            INSERT INTO customer_merge_edit (merge_id, path) SELECT :id, path FROM unnest(:paths) AS path
            ON CONFLICT DO NOTHING
            """;

    private record Row(Customer customer, @Nullable MergeLink link) {}

    private final Jdbi jdbi;
    private final ChangeActor actor;

    MergeLinks(Jdbi jdbi, ChangeActor actor) {
        this.jdbi = jdbi;
        this.actor = actor;
    }

    /** The customer as it stands by itself, and those merged into it: all of one moment. */
    public Merged of(UUID survivor) {
        List<Row> rows =
                jdbi.withHandle(
                        handle ->
                                handle.createQuery(SELECT)
                                        .bind("survivor", survivor)
                                        .map((rs, context) -> row(rs, survivor))
                                        .list());
        Customer own =
                rows.stream()
                        .filter(row -> row.link == null)
                        .map(Row::customer)
                        .findFirst()
                        .orElseThrow(CustomerRows::unknown);
        List<Member> members = new ArrayList<>();
        for (Row row : rows) {
            MergeLink link = row.link;
            if (link != null) {
                members.add(new Member(row.customer, link));
            }
        }
        return new Merged(own, members);
    }

    private static Row row(ResultSet rs, UUID survivor) throws SQLException {
        Customer customer = CustomerRow.read(rs).customer();
        UUID id = rs.getObject(CustomerRow.WIDTH + 1, UUID.class);
        // Asked for itself, one that was merged stands alone.
        if (id == null || customer.id().equals(survivor)) {
            return new Row(customer, null);
        }
        return new Row(
                customer,
                new MergeLink(
                        id,
                        customer.id(),
                        rs.getObject(CustomerRow.WIDTH + 2, UUID.class),
                        rules(rs.getString(CustomerRow.WIDTH + 3)),
                        Set.of((String[]) rs.getArray(CustomerRow.WIDTH + 5).getArray()),
                        rs.getObject(CustomerRow.WIDTH + 4, OffsetDateTime.class).toInstant()));
    }

    private static Map<String, MergeRule> rules(String json) {
        Map<String, MergeRule> rules = new HashMap<>();
        for (Map.Entry<String, JsonNode> rule : StoredJson.tree(json).properties()) {
            rules.put(rule.getKey(), MergeRule.valueOf(rule.getValue().asText()));
        }
        return rules;
    }

    /** Links a member that is MERGED already; the database refuses any other. */
    void link(MergeLink link, @Nullable String proof) {
        jdbi.useHandle(
                handle -> {
                    handle.createUpdate(INSERT_MERGE)
                            .bindMethods(link)
                            .bind("rules", StoredJson.write(link.rules()))
                            .execute();
                    handle.createUpdate(INSERT_LINK).bindMethods(link).execute();
                    said(handle, link.id(), false, proof);
                });
    }

    /** Takes the link away, before the member becomes ACTIVE. */
    void unlink(MergeLink link, Instant at) {
        jdbi.useHandle(
                handle -> {
                    handle.createUpdate("DELETE FROM customer_link WHERE merge_id = :id")
                            .bind("id", link.id())
                            .execute();
                    handle.createUpdate(
                                    "INSERT INTO customer_unmerge (merge_id, unmerged_at) VALUES (:id, :at)")
                            .bind("id", link.id())
                            .bind("at", at)
                            .execute();
                    said(handle, link.id(), true, null);
                });
    }

    private void said(Handle handle, UUID merge, boolean unmerged, @Nullable String proof) {
        ChangeActor.Behalf behalf = actor.current();
        handle.createUpdate(INSERT_ACTOR)
                .bind("id", merge)
                .bind("unmerged", unmerged)
                .bind("actor", behalf.subject())
                .bind("reason", behalf.reason())
                .bind("proof", proof)
                .bind("correlationId", Cause.current().correlationId())
                .execute();
    }

    /** Keeps of which paths the members' values are shown no more. */
    void keepEdits(List<Member> members) {
        for (Member member : members) {
            if (!member.link().edited().isEmpty()) {
                jdbi.useHandle(
                        handle ->
                                handle.createUpdate(INSERT_EDIT)
                                        .bind("id", member.link().id())
                                        .bindArray("paths", String.class, member.link().edited())
                                        .execute());
            }
        }
    }
}

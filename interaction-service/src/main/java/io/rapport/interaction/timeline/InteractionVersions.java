package io.rapport.interaction.timeline;

import io.rapport.interaction.Interaction;
import io.rapport.platform.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Reads what interactions said before they were corrected; each at most ten times. */
@ApplicationScoped
class InteractionVersions {

    private static final String REPLACED =
            """
            SELECT v.interaction_id, v.version, v.replaced_at, v.touchpoint, v.employee, v.team, v.emotions, v.outcome,
                   v.duration_ms, v.wait_ms, t.reason, t.actor, t.subject, t.text,
                   t.reference_kind, t.reference, t.device, t.place, t.attributes
            FROM unnest(:customers, :interactions) AS i (customer_id, id)
            JOIN interaction_version v ON v.customer_id = i.customer_id AND v.interaction_id = i.id
            LEFT JOIN interaction_version_text t
                ON t.customer_id = v.customer_id AND t.interaction_id = v.interaction_id AND t.version = v.version
            ORDER BY v.interaction_id, v.version
            """;

    private final Jdbi jdbi;
    private final CircumstanceColumns circumstances;

    InteractionVersions(Jdbi jdbi, CircumstanceColumns circumstances) {
        this.jdbi = jdbi;
        this.circumstances = circumstances;
    }

    /** All versions of it, the newest first, with who made each. */
    List<InteractionVersion> of(Interaction newest) {
        return of(newest, replaced(List.of(newest)));
    }

    /** All versions of those that were corrected, without who made them. */
    List<InteractionVersion> ofCorrected(Collection<Interaction> newest) {
        List<Interaction> corrected =
                newest.stream().filter(interaction -> interaction.version() > 1).toList();
        if (corrected.isEmpty()) {
            return List.of();
        }
        Map<UUID, List<InteractionVersion>> replaced =
                replaced(corrected).stream()
                        .collect(Collectors.groupingBy(InteractionVersion::interaction));
        return corrected.stream()
                .flatMap(one -> of(one, replaced.getOrDefault(one.id(), List.of())).stream())
                .map(one -> told(one, one.recordedAt(), one.reason(), null))
                .toList();
    }

    /** When, why and by whom a version was replaced stands with it, and is told of the next one. */
    private static List<InteractionVersion> of(
            Interaction newest, List<InteractionVersion> replaced) {
        List<InteractionVersion> versions = new ArrayList<>();
        Instant since = newest.recordedAt();
        String reason = null;
        String actor = null;
        for (InteractionVersion one : replaced) {
            if (one.version() == newest.version()) {
                break; // Corrected after the newest was read: that one is told of as it was then.
            }
            versions.addFirst(told(one, since, reason, actor));
            since = one.recordedAt();
            reason = one.reason();
            actor = one.actor();
        }
        versions.addFirst(
                new InteractionVersion(
                        newest.id(),
                        newest.version(),
                        since,
                        reason,
                        actor,
                        newest.touchpoint(),
                        newest.subject(),
                        newest.text(),
                        newest.circumstances()));
        return versions;
    }

    private static InteractionVersion told(
            InteractionVersion version,
            Instant since,
            @Nullable String reason,
            @Nullable String actor) {
        return new InteractionVersion(
                version.interaction(),
                version.version(),
                since,
                reason,
                actor,
                version.touchpoint(),
                version.subject(),
                version.text(),
                version.circumstances());
    }

    private List<InteractionVersion> replaced(List<Interaction> interactions) {
        return jdbi.withHandle(
                handle ->
                        Columns.of(interactions)
                                .add("customers", UUID.class, Interaction::customer)
                                .add("interactions", UUID.class, Interaction::id)
                                .bindTo(handle.createQuery(REPLACED))
                                .map((row, context) -> replaced(row))
                                .list());
    }

    private InteractionVersion replaced(ResultSet row) throws SQLException {
        return new InteractionVersion(
                row.getObject("interaction_id", UUID.class),
                row.getInt("version"),
                row.getObject("replaced_at", OffsetDateTime.class).toInstant(),
                row.getString("reason"),
                row.getString("actor"),
                row.getString("touchpoint"),
                row.getString("subject"),
                row.getString("text"),
                circumstances.of(row));
    }
}

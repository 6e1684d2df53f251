package io.rapport.interaction.fact;

import io.rapport.interaction.Learnt;
import io.rapport.platform.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Reads all that facts have said; each was corrected ten times at most. */
@ApplicationScoped
class FactVersionRows {

    private static final String VERSIONS =
            """
            SELECT v.fact_id, v.version, v.learnt, v.declined, t.value, v.valid_until, v.recorded_at, v.teller, t.reason, t.actor
            FROM unnest(:customers, :facts) AS f (customer_id, id)
            JOIN fact_version AS v ON v.customer_id = f.customer_id AND v.fact_id = f.id
            LEFT JOIN fact_version_text AS t ON t.customer_id = v.customer_id AND t.fact_id = v.fact_id AND t.version = v.version
            ORDER BY v.fact_id, v.version DESC""";

    private final Jdbi jdbi;

    FactVersionRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** All versions of these facts, each one's newest first. */
    List<FactVersion> of(Collection<Fact> facts) {
        return jdbi.withHandle(
                handle ->
                        Columns.of(facts)
                                .add("customers", UUID.class, Fact::customer)
                                .add("facts", UUID.class, Fact::id)
                                .bindTo(handle.createQuery(VERSIONS))
                                .map(
                                        (row, context) ->
                                                new FactVersion(
                                                        row.getObject("fact_id", UUID.class),
                                                        row.getInt("version"),
                                                        Learnt.valueOf(row.getString("learnt")),
                                                        row.getBoolean("declined"),
                                                        row.getString("value"),
                                                        row.getObject(
                                                                        "valid_until",
                                                                        OffsetDateTime.class)
                                                                .toInstant(),
                                                        row.getObject(
                                                                        "recorded_at",
                                                                        OffsetDateTime.class)
                                                                .toInstant(),
                                                        Teller.valueOf(row.getString("teller")),
                                                        row.getString("reason"),
                                                        row.getString("actor")))
                                .list());
    }
}

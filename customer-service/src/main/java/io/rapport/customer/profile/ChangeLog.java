package io.rapport.customer.profile;

import com.fasterxml.jackson.databind.JsonNode;
import io.rapport.platform.Columns;
import io.rapport.platform.event.Cause;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code customer_change}: written in the transaction that writes the customers'
 * versions, with who makes them and why.
 */
@ApplicationScoped
class ChangeLog {

    private static final String INSERT =
            """
            INSERT INTO customer_change (customer_id, version, ordinal, path, old_value, new_value, at, actor,
                reason, correlation_id)
            SELECT customer, version, ordinal, path, CAST(old_value AS jsonb), CAST(new_value AS jsonb), at,
                :actor, :reason, :correlationId
            FROM unnest(:customers, :versions, :ordinals, :paths, :oldValues, :newValues, CAST(:times AS timestamptz[]))
                AS c (customer, version, ordinal, path, old_value, new_value, at)
            """;

    private record Row(
            UUID customer,
            long version,
            int ordinal,
            String path,
            @Nullable JsonNode oldValue,
            @Nullable JsonNode newValue,
            Instant at) {

        static Row of(Customer customer, int ordinal, Change change) {
            return new Row(
                    customer.id(),
                    customer.version(),
                    ordinal,
                    change.path(),
                    change.oldValue(),
                    change.newValue(),
                    customer.updatedAt());
        }
    }

    private final Jdbi jdbi;
    private final ChangeActor actor;

    ChangeLog(Jdbi jdbi, ChangeActor actor) {
        this.jdbi = jdbi;
        this.actor = actor;
    }

    /** What becomes another value with these versions. */
    void record(List<CustomerWrite> writes) {
        insert(
                writes.stream()
                        .flatMap(write -> rows(write.answer(), write.changes()).stream())
                        .toList());
    }

    /** The same for one version. */
    void record(Customer customer, List<Change> changes) {
        insert(rows(customer, changes));
    }

    private static List<Row> rows(Customer customer, List<Change> changes) {
        List<Row> rows = new ArrayList<>(changes.size());
        for (Change change : changes) {
            rows.add(Row.of(customer, rows.size(), change));
        }
        return rows;
    }

    private void insert(List<Row> rows) {
        ChangeActor.Behalf behalf = actor.current();
        jdbi.useHandle(
                handle ->
                        Columns.of(rows)
                                .add("customers", UUID.class, Row::customer)
                                .add("versions", Long.class, Row::version)
                                .add("ordinals", Integer.class, Row::ordinal)
                                .add("paths", String.class, Row::path)
                                .add("oldValues", String.class, row -> json(row.oldValue))
                                .add("newValues", String.class, row -> json(row.newValue))
                                .add("times", String.class, row -> row.at.toString())
                                .bindTo(handle.createUpdate(INSERT))
                                .bind("actor", behalf.subject())
                                .bind("reason", behalf.reason())
                                .bind("correlationId", Cause.current().correlationId())
                                .execute());
    }

    private static @Nullable String json(@Nullable JsonNode value) {
        return value == null || value.isNull() ? null : StoredJson.write(value);
    }
}

package io.rapport.customer.profile;

import com.fasterxml.jackson.databind.JsonNode;
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
            SELECT customer, version, ordinal, path, "oldValue", "newValue", at, :actor, :reason, :correlationId
            FROM jsonb_to_recordset(CAST(:changes AS jsonb)) AS c (customer uuid, version bigint, ordinal integer,
                path text, "oldValue" jsonb, "newValue" jsonb, at timestamptz)
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
                        handle.createUpdate(INSERT)
                                .bind("actor", behalf.subject())
                                .bind("reason", behalf.reason())
                                .bind("correlationId", Cause.current().correlationId())
                                .bind("changes", StoredJson.write(rows))
                                .execute());
    }
}

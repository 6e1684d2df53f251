package io.rapport.customer.profile;

import com.fasterxml.jackson.databind.JsonNode;
import io.rapport.platform.event.Cause;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code customer_change}: written in the transaction that writes the customer's version,
 * with the actor and its reason.
 */
@ApplicationScoped
class ChangeLog {

    private static final String INSERT =
            """
            INSERT INTO customer_change (customer_id, version, ordinal, path, old_value, new_value, at, actor,
                reason, correlation_id)
            SELECT :customer, :version, ordinal, path, "oldValue", "newValue", :at, :actor, :reason, :correlationId
            FROM jsonb_to_recordset(CAST(:changes AS jsonb))
                AS c (ordinal integer, path text, "oldValue" jsonb, "newValue" jsonb)
            """;

    private record Row(
            int ordinal, String path, @Nullable JsonNode oldValue, @Nullable JsonNode newValue) {}

    private final Jdbi jdbi;
    private final ChangeActor actor;

    ChangeLog(Jdbi jdbi, ChangeActor actor) {
        this.jdbi = jdbi;
        this.actor = actor;
    }

    /**
     * That the customer is there, from its first version on or again from one on whose predecessors
     * were lost: one row for all of it.
     */
    void registered(Customer customer) {
        write(customer, List.of(new Change("", null, Contents.of(customer).asJson())));
    }

    /** What became another value with this version of the customer. */
    void changed(Customer customer, List<Change> changes) {
        write(customer, changes);
    }

    private void write(Customer customer, List<Change> changes) {
        List<Row> rows = new ArrayList<>(changes.size());
        for (Change change : changes) {
            rows.add(new Row(rows.size(), change.path(), change.oldValue(), change.newValue()));
        }
        UUID id = customer.id();
        jdbi.useHandle(
                handle ->
                        handle.createUpdate(INSERT)
                                .bind("customer", id)
                                .bind("version", customer.version())
                                .bind("at", customer.updatedAt())
                                .bind("actor", actor.subject())
                                .bind("reason", actor.reason())
                                .bind("correlationId", Cause.current().correlationId())
                                .bind("changes", StoredJson.write(rows))
                                .execute());
    }
}

package io.rapport.directory;

import io.rapport.platform.event.Event;
import io.rapport.platform.event.EventType;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** What the service under test holds of customers: facts with a name, and notes. */
@ApplicationScoped
class Held implements Erasable {

    @EventType("loyalty.customer-erased.v1")
    record CustomerErased(UUID customer, UUID erasure, Instant erasedAt) implements Event {

        @Override
        public Instant time() {
            return erasedAt;
        }

        @Override
        public boolean ofErased() {
            return true;
        }
    }

    @EventType("loyalty.counted.v1")
    record Counted(UUID customer, Instant time) implements Event {}

    @Override
    public PersonalRows rows() {
        return PersonalRows.of(
                Map.of(
                        "held_fact",
                        """
                        WITH next AS (
                            SELECT id FROM held_fact WHERE customer_id = :customer AND id > :after ORDER BY id LIMIT :rows),
                        cleared AS (
                            UPDATE held_fact SET name = NULL, cleared = cleared + 1
                            WHERE customer_id = :customer AND id = ANY(ARRAY(SELECT id FROM next)))
                        SELECT id FROM next ORDER BY id OFFSET :rows - 1""",
                        "held_note",
                        """
                        WITH next AS (
                            SELECT id FROM held_note WHERE customer_id = :customer AND id > :after ORDER BY id LIMIT :rows),
                        gone AS (
                            DELETE FROM held_note
                            WHERE customer_id = :customer AND id = ANY(ARRAY(SELECT id FROM next)))
                        SELECT id FROM next ORDER BY id OFFSET :rows - 1"""),
                Map.of());
    }

    @Override
    public Event confirmation(UUID customer, UUID erasure, Instant erasedAt) {
        return new CustomerErased(customer, erasure, erasedAt);
    }
}

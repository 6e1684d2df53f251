package io.rapport.platform.event;

import io.rapport.platform.testing.Events;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** What the consumers under test have made of a customer's events. */
@ApplicationScoped
class Effects {

    private final Jdbi jdbi;

    Effects(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** An event that adds 10 to the customer's total. */
    Events.Draft added(Events events, UUID customer, long sequence) {
        return events.draft(Topic.INTERACTIONS, customer, sequence, "test.added.v1")
                .data("{\"number\":10}");
    }

    /** The sequences that the total has taken up, in their order. */
    String seen(UUID customer) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery("SELECT seen FROM test_total WHERE customer_id = :c")
                                .bind("c", customer)
                                .mapTo(String.class)
                                .findOne()
                                .orElse(""));
    }

    long total(UUID customer) {
        return number(
                "SELECT coalesce(sum(total), 0) FROM test_total WHERE customer_id = ?", customer);
    }

    long applied(UUID customer, String consumer) {
        return number(
                "SELECT coalesce(max(applied), 0) FROM consumer_progress WHERE customer_id = ? AND consumer = ?",
                customer,
                consumer);
    }

    long early(UUID customer) {
        return number("SELECT count(*) FROM early_event WHERE customer_id = ?", customer);
    }

    /** The causes of what is parked of the customer, in the order of the log. */
    List<String> parked(UUID customer) {
        return jdbi.withHandle(
                handle ->
                        handle.select(
                                        "SELECT cause FROM parked_event WHERE customer_id = ? ORDER BY \"offset\"",
                                        customer)
                                .mapTo(String.class)
                                .list());
    }

    /** The first that is parked of the customer. */
    UUID firstParked(UUID customer) {
        return jdbi.withHandle(
                handle ->
                        handle.select(
                                        "SELECT id FROM parked_event WHERE customer_id = ? ORDER BY \"offset\" LIMIT 1",
                                        customer)
                                .mapTo(UUID.class)
                                .one());
    }

    private long number(String sql, Object... values) {
        return jdbi.withHandle(handle -> handle.select(sql, values).mapTo(Long.class).one());
    }
}

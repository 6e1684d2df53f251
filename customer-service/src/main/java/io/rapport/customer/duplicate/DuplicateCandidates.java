package io.rapport.customer.duplicate;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Looks up, by indexes only, whom a customer may be a duplicate of. */
@ApplicationScoped
class DuplicateCandidates {

    // In one order for all. One lock a key, of 4,096, so that a transaction that writes many
    // customers holds a bounded number.
    private static final String LOCK =
            """
            SELECT pg_advisory_xact_lock(:space, slot)
            FROM (SELECT DISTINCT hashtext(key) & 4095 AS slot FROM unnest(:keys) AS key ORDER BY slot) slots
            """;

    /** Keeps these locks apart from others with two numbers. */
    private static final int SPACE = 0x647570;

    // At most 50 of each: what more customers than that have in common tells nobody apart.
    // What a member of a merge has is its survivor's.
    private static final String REACHED_ALIKE =
            """
            SELECT DISTINCT p.customer_id
            FROM unnest(:values) AS v (value)
            CROSS JOIN LATERAL (
                SELECT coalesce((SELECT l.survivor_id FROM customer_link l WHERE l.member_id = o.customer_id),
                    o.customer_id) AS customer_id
                FROM contact_point o
                WHERE o.value = v.value AND o.kind IN ('EMAIL', 'PHONE') AND o.customer_id <> :self
                ORDER BY o.customer_id LIMIT 50) p
            WHERE p.customer_id <> :self
            """;

    // Of one day there are hundreds, unless it stands for one that nobody knows: then no more than
    // a thousand are read, in the order of one index, whatever the day.
    private static final String BORN_ALIKE =
            """
            SELECT c.id
            FROM (SELECT b.id, concat_ws(' ', b.display_name, b.given_name, b.family_name) AS name FROM customer b
                  WHERE (b.birthday, b.id) > (:birthday, '00000000-0000-0000-0000-000000000000')
                  AND b.birthday <= :birthday AND b.id <> :self AND b.status = 'ACTIVE'
                  ORDER BY b.birthday, b.id LIMIT 1000) c
            ORDER BY similarity(c.name, :name) DESC, c.id
            LIMIT 50
            """;

    private final Jdbi jdbi;

    DuplicateCandidates(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Waits for all who write a customer with one of these keys, and lets none in until the
     * transaction ends: the next statement sees what they have written.
     */
    void hold(SortedSet<String> keys) {
        if (!keys.isEmpty()) {
            jdbi.useHandle(
                    handle ->
                            handle.createQuery(LOCK)
                                    .bind("space", SPACE)
                                    .bindArray("keys", String.class, keys)
                                    .mapTo(String.class)
                                    .list());
        }
    }

    Set<UUID> of(UUID self, Traits traits) {
        Set<UUID> found = new HashSet<>();
        Collection<String> values = traits.reachable();
        if (!values.isEmpty()) {
            found.addAll(
                    jdbi.withHandle(
                            handle ->
                                    handle.createQuery(REACHED_ALIKE)
                                            .bindArray("values", String.class, values)
                                            .bind("self", self)
                                            .mapTo(UUID.class)
                                            .list()));
        }
        if (traits.birthday() != null && !traits.name().isEmpty()) {
            found.addAll(bornAlike(self, traits));
        }
        return found;
    }

    private List<UUID> bornAlike(UUID self, Traits traits) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(BORN_ALIKE)
                                .bind("birthday", traits.birthday())
                                .bind("self", self)
                                .bind("name", String.join(" ", traits.name()))
                                .mapTo(UUID.class)
                                .list());
    }
}

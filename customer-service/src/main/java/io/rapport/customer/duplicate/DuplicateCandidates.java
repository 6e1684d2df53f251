package io.rapport.customer.duplicate;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

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

    // What more than 50 customers have in common tells nobody apart, and makes no pairs: else each
    // of them would have one with every other. What a member of a merge has is its survivor's.
    private static final String REACHED_ALIKE =
            """
            SELECT DISTINCT w.self, p.customer_id
            FROM unnest(:selves, :values) AS w (self, value)
            CROSS JOIN LATERAL (
                SELECT coalesce((SELECT l.survivor_id FROM customer_link l WHERE l.member_id = few.customer_id),
                    few.customer_id) AS customer_id
                FROM (SELECT o.customer_id, count(*) OVER () AS holders
                      FROM (SELECT customer_id FROM contact_point
                            WHERE value = w.value AND kind IN ('EMAIL', 'PHONE') AND customer_id <> w.self
                            ORDER BY customer_id LIMIT 51) o) few
                WHERE few.holders <= 50) p
            WHERE p.customer_id <> w.self
            """;

    // Of one day there are hundreds. One that more than a thousand have stands for one that nobody
    // knows, and tells nobody apart: names are not even compared. In the order of one index.
    private static final String BORN_ALIKE =
            """
            SELECT w.self, n.id, n.name,
                EXISTS (SELECT 1 FROM customer_link l WHERE l.survivor_id = n.id) AS survives
            FROM unnest(:selves, CAST(:birthdays AS date[]), :names) AS w (self, birthday, name)
            CROSS JOIN LATERAL (
                SELECT few.id, few.name
                FROM (SELECT c.id, c.name, count(*) OVER () AS born
                      FROM (SELECT b.id, concat_ws(' ', b.display_name, b.given_name, b.family_name) AS name
                            FROM customer b
                            WHERE (b.birthday, b.id) > (w.birthday, '00000000-0000-0000-0000-000000000000')
                            AND b.birthday <= w.birthday AND b.id <> w.self AND b.status = 'ACTIVE'
                            ORDER BY b.birthday, b.id LIMIT 1001) c) few
                WHERE few.born <= 1000
                ORDER BY similarity(few.name, w.name) DESC, few.id
                LIMIT 50) n
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

    /** Who is reached as these customers are, by their ids. */
    void reachedAlike(Map<UUID, Traits> customers, Map<UUID, Set<UUID>> found) {
        List<UUID> selves = new ArrayList<>();
        List<String> values = new ArrayList<>();
        customers.forEach(
                (self, traits) ->
                        traits.reachable()
                                .forEach(
                                        value -> {
                                            selves.add(self);
                                            values.add(value);
                                        }));
        if (!selves.isEmpty()) {
            jdbi.useHandle(
                    handle ->
                            handle.createQuery(REACHED_ALIKE)
                                    .bindArray("selves", UUID.class, selves)
                                    .bindArray("values", String.class, values)
                                    .map(
                                            (row, context) ->
                                                    Map.entry(
                                                            row.getObject(1, UUID.class),
                                                            row.getObject(2, UUID.class)))
                                    .forEach(one -> add(found, one.getKey(), one.getValue())));
        }
    }

    /** Who is born when these customers are, and may have a name like theirs. */
    void bornAlike(Map<UUID, Traits> customers, Map<UUID, Set<UUID>> found) {
        List<UUID> selves = new ArrayList<>();
        List<String> birthdays = new ArrayList<>();
        List<String> names = new ArrayList<>();
        customers.forEach(
                (self, traits) -> {
                    LocalDate birthday = traits.birthday();
                    if (birthday != null && !traits.name().isEmpty()) {
                        selves.add(self);
                        birthdays.add(birthday.toString());
                        names.add(String.join(" ", traits.name()));
                    }
                });
        if (!selves.isEmpty()) {
            jdbi.useHandle(
                    handle ->
                            handle.createQuery(BORN_ALIKE)
                                    .bindArray("selves", UUID.class, selves)
                                    .bindArray("birthdays", String.class, birthdays)
                                    .bindArray("names", String.class, names)
                                    .map(DuplicateCandidates::born)
                                    .filter(
                                            one ->
                                                    one.isWorthComparing(
                                                            customers.getOrDefault(
                                                                    one.self, Traits.NONE)))
                                    .forEach(one -> add(found, one.self, one.other)));
        }
    }

    /**
     * Somebody born on the same day. Under which names a survivor is known besides its own is not
     * looked at before it is read.
     */
    private record Born(UUID self, UUID other, String name, boolean survives) {
        boolean isWorthComparing(Traits traits) {
            return survives || DuplicateRule.areAlike(traits.name(), Traits.words(name));
        }
    }

    private static Born born(ResultSet row, StatementContext context) throws SQLException {
        return new Born(
                row.getObject(1, UUID.class),
                row.getObject(2, UUID.class),
                row.getString(3),
                row.getBoolean(4));
    }

    private static void add(Map<UUID, Set<UUID>> found, UUID self, UUID other) {
        found.computeIfAbsent(self, _ -> new HashSet<>()).add(other);
    }
}

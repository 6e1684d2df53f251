package io.rapport.customer.search;

import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerRows;
import io.rapport.customer.profile.CustomerView;
import io.rapport.platform.http.Cursor;
import io.rapport.platform.http.Page;
import io.rapport.platform.http.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/** Finds all customers that have a contact point, in the order of their ids. */
@ApplicationScoped
class ContactPointLookup {

    /** Who has it, and who answers for that one. */
    private record Found(UUID customer, UUID answering) {}

    // A survivor comes once: where it has it itself, or where the first of its members has it. The
    // index of values leads there; kind and network of the same value are few.
    private static final String SELECT =
            """
            SELECT p.customer_id, coalesce(l.survivor_id, p.customer_id)
            FROM contact_point p
            JOIN customer c ON c.id = p.customer_id AND c.status <> 'ERASED'
            LEFT JOIN customer_link l ON l.member_id = p.customer_id
            WHERE p.value = :value AND p.kind = :kind AND p.network IS NOT DISTINCT FROM CAST(:network AS text)
            AND p.customer_id > :after
            AND (l.survivor_id IS NULL OR NOT EXISTS (
                SELECT FROM (SELECT l.survivor_id AS id
                             UNION ALL SELECT k.member_id FROM customer_link k
                             WHERE k.survivor_id = l.survivor_id AND k.member_id < p.customer_id) other
                JOIN contact_point o ON o.customer_id = other.id AND o.value = :value AND o.kind = :kind
                    AND o.network IS NOT DISTINCT FROM CAST(:network AS text)))
            ORDER BY p.customer_id LIMIT
            """
                    + (PageRequest.MAX_LIMIT + 1);

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final Jdbi jdbi;
    private final CustomerRows customers;

    ContactPointLookup(Jdbi jdbi, CustomerRows customers) {
        this.jdbi = jdbi;
        this.customers = customers;
    }

    Page<CustomerView> page(LookupRequest lookup, PageRequest page) {
        String value = lookup.normalised();
        String filters = "lookup?" + lookup.kind() + ":" + lookup.network() + ":" + value;
        UUID after = page.after(filters).map(cursor -> cursor.uuid(0)).orElse(BEFORE_ALL);
        List<Found> found =
                jdbi.withHandle(
                        handle ->
                                handle.createQuery(SELECT)
                                        .bind("value", value)
                                        .bind("kind", lookup.kind())
                                        .bind("network", lookup.network())
                                        .bind("after", after)
                                        .map(
                                                (row, context) ->
                                                        new Found(
                                                                row.getObject(1, UUID.class),
                                                                row.getObject(2, UUID.class)))
                                        .list());
        Page<Found> items =
                Page.of(
                        found.subList(0, Math.min(found.size(), page.limitPlusOne())),
                        page.limit(),
                        filters,
                        last -> Cursor.of(last.customer));
        Map<UUID, Customer> known =
                customers.byIds(items.items().stream().map(Found::answering).toList());
        List<CustomerView> views =
                items.items().stream()
                        .flatMap(one -> Stream.ofNullable(known.get(one.answering)))
                        .map(CustomerView::of)
                        .toList();
        return new Page<>(views, items.next());
    }
}

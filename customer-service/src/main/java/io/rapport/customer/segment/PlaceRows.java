package io.rapport.customer.segment;

import io.rapport.customer.profile.Customer;
import io.rapport.customer.segment.MemberRows.Place;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Reads the tables {@code segment_member} and {@code segment_override} by one statement. */
@ApplicationScoped
class PlaceRows {

    private static final String FIND =
            """
            SELECT customer_id, segment, NULL AS decision, CAST(NULL AS timestamptz) AS expires_at
            FROM segment_member WHERE customer_id = ANY(:customers)
            UNION ALL
            SELECT customer_id, segment, decision, expires_at
            FROM segment_override WHERE customer_id = ANY(:all)
            """;

    /** A place where one is, or what was said of it. */
    private record Row(Place place, @Nullable SegmentOverride override) {}

    private final Jdbi jdbi;

    PlaceRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    Places of(Collection<Customer> customers) {
        Set<Place> places = new HashSet<>();
        Map<UUID, List<SegmentOverride>> own = new HashMap<>();
        for (Row row : find(customers)) {
            if (row.override == null) {
                places.add(row.place);
            } else {
                own.computeIfAbsent(row.override.customer(), _ -> new ArrayList<>())
                        .add(row.override);
            }
        }
        Map<UUID, List<SegmentOverride>> all = new HashMap<>();
        if (!own.isEmpty()) {
            customers.forEach(customer -> all.put(customer.id(), together(customer, own)));
        }
        return new Places(places, all);
    }

    private static List<SegmentOverride> together(
            Customer customer, Map<UUID, List<SegmentOverride>> own) {
        return customer.all().stream()
                .flatMap(id -> own.getOrDefault(id, List.of()).stream())
                .sorted(
                        SegmentOverride.deciding(
                                customer.id(),
                                SegmentOverride::customer,
                                SegmentOverride::decision))
                .toList();
    }

    private List<Row> find(Collection<Customer> customers) {
        if (customers.isEmpty()) {
            return List.of();
        }
        List<UUID> ids = customers.stream().map(Customer::id).toList();
        List<UUID> all = customers.stream().flatMap(one -> one.all().stream()).distinct().toList();
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(FIND)
                                .bindArray("customers", UUID.class, ids)
                                .bindArray("all", UUID.class, all)
                                .map((row, context) -> read(row))
                                .list());
    }

    private static Row read(ResultSet row) throws SQLException {
        UUID customer = row.getObject(1, UUID.class);
        String segment = row.getString(2);
        String decision = row.getString(3);
        OffsetDateTime expiresAt = row.getObject(4, OffsetDateTime.class);
        return new Row(
                new Place(customer, segment),
                decision == null
                        ? null
                        : new SegmentOverride(
                                customer,
                                segment,
                                SegmentOverride.Decision.valueOf(decision),
                                expiresAt == null ? null : expiresAt.toInstant()));
    }
}

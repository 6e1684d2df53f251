package io.rapport.customer.context;

import io.rapport.customer.context.ContextRows.Figured;
import io.rapport.customer.profile.Customer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the figures of many customers by one statement. */
@ApplicationScoped
public class FiguresReading {

    private final ContextRows rows;

    FiguresReading(ContextRows rows) {
        this.rows = rows;
    }

    /** Of each of these customers, by its id. */
    public Map<UUID, Figures> of(Collection<Customer> customers) {
        List<UUID> ids =
                customers.stream().flatMap(customer -> customer.all().stream()).distinct().toList();
        Map<UUID, Figures> figures = new HashMap<>();
        if (!ids.isEmpty()) {
            Map<UUID, Figured> found = rows.figures(ids);
            customers.forEach(one -> figures.put(one.id(), together(one.all(), found)));
        }
        return figures;
    }

    private static Figures together(List<UUID> ids, Map<UUID, Figured> found) {
        ContextParts parts = ContextParts.NONE;
        Instant contactedAt = null;
        SortedSet<String> incoming = new TreeSet<>();
        for (UUID id : ids) {
            Figured one = found.get(id);
            if (one != null) {
                parts = parts.plus(one.parts());
                contactedAt = later(contactedAt, one.contactedAt());
                incoming.addAll(one.incomingRelations());
            }
        }
        return Figures.of(parts, contactedAt, List.copyOf(incoming));
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        return one == null || (other != null && other.isAfter(one)) ? other : one;
    }
}

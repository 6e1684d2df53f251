package io.rapport.operations.parked;

import io.rapport.platform.event.ParkedEvents;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Reads which events are parked, and changes none. */
@ApplicationScoped
class ParkedEventRows {

    private static final RowMapper<ParkedEvent> EVENT = ConstructorMapper.of(ParkedEvent.class);

    private static final String SELECT =
            """
            SELECT id, consumer, topic, partition, "offset", customer_id AS customer, cause, detail, parked_at
            FROM parked_event WHERE true""";

    // One customer's events lie in one partition, where they stand in their order.
    private static final String FIRST =
            SELECT
                    + """
                     AND consumer = ? AND topic = ? AND customer_id = ?
                    ORDER BY partition, "offset" LIMIT 1""";

    private final Jdbi jdbi;

    ParkedEventRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Those beyond the id {@code after}, oldest first; of one consumer and customer if named. */
    List<ParkedEvent> page(
            @Nullable String consumer, @Nullable UUID customer, @Nullable UUID after, int rows) {
        // Only what is asked for: a condition that may not hold is planned as if it did not.
        String page =
                SELECT
                        + (after == null ? "" : " AND id > :after")
                        + (consumer == null ? "" : " AND consumer = :consumer")
                        + (customer == null ? "" : " AND customer_id = :customer")
                        + " ORDER BY id LIMIT :rows";
        return jdbi.withHandle(
                h -> {
                    Query query = h.createQuery(page).bind("rows", rows);
                    if (after != null) {
                        query.bind("after", after);
                    }
                    if (consumer != null) {
                        query.bind("consumer", consumer);
                    }
                    if (customer != null) {
                        query.bind("customer", customer);
                    }
                    return query.map(EVENT).list();
                });
    }

    ParkedEvent require(UUID id) {
        return jdbi.withHandle(h -> h.select(SELECT + " AND id = ?", id).map(EVENT).findOne())
                .orElseThrow(ParkedEvents::unknown);
    }

    /** The first that is parked of the same consumer, topic and customer. */
    Optional<ParkedEvent> first(ParkedEvent e) {
        return jdbi.withHandle(
                h -> h.select(FIRST, e.consumer(), e.topic(), e.customer()).map(EVENT).findOne());
    }
}

package io.rapport.customer.preference;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * When we turned to customers: what the projection "context" has folded of outbound interactions.
 */
@ApplicationScoped
class ContactRows {

    private static final int MOST = 100;

    // The most that a rhythm can allow, as a number, because a parameter is planned for as a tenth
    // of all rows. Each member's are read by the index.
    private static final String NEWEST =
            """
            SELECT made.at, made.count FROM unnest(:customers) AS member (id) CROSS JOIN LATERAL (
                SELECT at, count FROM context_contact
                WHERE customer_id = member.id AND at > :since AND at <= :until ORDER BY at DESC LIMIT %1$d) AS made
            ORDER BY made.at DESC LIMIT %1$d
            """
                    .formatted(MOST);

    private final Jdbi jdbi;

    ContactRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * At least the newest 100 of these customers after {@code since}, if there are so many, and up
     * to {@code until}.
     */
    List<Instant> newest(List<UUID> customers, Instant since, Instant until) {
        return jdbi.withHandle(
                handle ->
                        handle
                                .createQuery(NEWEST)
                                .bindArray("customers", UUID.class, customers)
                                .bind("since", since)
                                .bind("until", until)
                                .map(
                                        (row, context) ->
                                                Collections.nCopies(
                                                        row.getInt(2),
                                                        row.getObject(1, OffsetDateTime.class)
                                                                .toInstant()))
                                .list()
                                .stream()
                                .flatMap(List::stream)
                                .toList());
    }
}

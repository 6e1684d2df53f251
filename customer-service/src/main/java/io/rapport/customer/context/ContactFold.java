package io.rapport.customer.context;

import io.rapport.platform.Columns;
import io.rapport.platform.Ids;
import io.rapport.platform.event.ReceivedEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Keeps when, and by which channel, we turned to a customer, until interaction-service has erased
 * them: nobody is turned to any more. As a part of the fold, so that a replay ends the same.
 */
final class ContactFold implements ContextFold {

    record Recorded(@Nullable String direction, @Nullable String channel) {}

    private record Contact(UUID customer, Instant at, String channel) {}

    private final SortedMap<Contact, Long> contacts =
            new TreeMap<>(
                    Comparator.comparing(Contact::customer, Ids.BY_VALUE)
                            .thenComparing(Contact::at)
                            .thenComparing(Contact::channel));

    private final Set<UUID> erased = new HashSet<>();

    @Override
    public void add(ReceivedEvent event) {
        switch (event.type()) {
            case "interaction.recorded.v1" -> record(event);
            case "interaction.customer-erased.v1" -> {
                erased.add(event.customer());
                contacts.keySet().removeIf(one -> one.customer().equals(event.customer()));
            }
            default -> {} // Nothing else is a contact.
        }
    }

    private void record(ReceivedEvent event) {
        Recorded recorded = event.data(Recorded.class);
        String channel = recorded.channel();
        if (channel != null && "OUTBOUND".equals(recorded.direction())) {
            contacts.merge(
                    new Contact(
                            event.customer(), event.time().truncatedTo(ChronoUnit.MICROS), channel),
                    1L,
                    Long::sum);
        }
    }

    /** What came before an erasure goes first, as it came first. */
    @Override
    public void write(Handle handle, int generation) {
        if (!erased.isEmpty()) {
            handle.createUpdate(
                            """
                            DELETE FROM context_contact_by_generation
                            WHERE generation = :generation AND customer_id = ANY(:customers)
                            """)
                    .bind("generation", generation)
                    .bindArray("customers", UUID.class, erased)
                    .execute();
        }
        if (contacts.isEmpty()) {
            return;
        }
        Columns.of(contacts.entrySet())
                .add("customers", UUID.class, row -> row.getKey().customer())
                .add("times", String.class, row -> row.getKey().at().toString())
                .add("channels", String.class, row -> row.getKey().channel())
                .add("counts", Long.class, Map.Entry::getValue)
                .bindTo(
                        handle.createUpdate(
                                """
                        INSERT INTO context_contact_by_generation AS c (generation, customer_id, at, channel, count)
                        SELECT :generation, contacts.*
                        FROM unnest(:customers, CAST(:times AS timestamptz[]), :channels, :counts) AS contacts
                        ON CONFLICT (generation, customer_id, at, channel) DO UPDATE SET count = c.count + EXCLUDED.count
                        """))
                .bind("generation", generation)
                .execute();
    }
}

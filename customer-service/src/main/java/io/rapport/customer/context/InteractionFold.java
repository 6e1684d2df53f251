package io.rapport.customer.context;

import static java.util.Objects.requireNonNull;

import io.rapport.platform.Columns;
import io.rapport.platform.Ids;
import io.rapport.platform.Money;
import io.rapport.platform.event.ReceivedEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Counts interactions, keeps the first and last time, and adds up purchases and cancellations by
 * currency.
 */
final class InteractionFold implements ContextFold {

    record Recorded(String type, @Nullable Money amount) {
        Recorded {
            requireNonNull(type, "type");
        }
    }

    private record Contacts(long count, Instant first, Instant last) {
        Contacts plus(Contacts other) {
            return new Contacts(
                    count + other.count,
                    first.isBefore(other.first) ? first : other.first,
                    last.isAfter(other.last) ? last : other.last);
        }
    }

    private record SumKey(UUID customer, String kind, String currency) {}

    private record Sum(long count, BigDecimal sum) {
        Sum plus(Sum other) {
            return new Sum(count + other.count, sum.add(other.sum));
        }
    }

    private final SortedMap<UUID, Contacts> contacts = new TreeMap<>(Ids.BY_VALUE);
    private final SortedMap<SumKey, Sum> sums =
            new TreeMap<>(
                    Comparator.comparing(SumKey::customer, Ids.BY_VALUE)
                            .thenComparing(SumKey::kind)
                            .thenComparing(SumKey::currency));

    @Override
    public void add(ReceivedEvent event) {
        if (!event.type().equals("interaction.recorded.v1")) {
            return;
        }
        Recorded recorded = event.data(Recorded.class);
        contacts.merge(
                event.customer(), new Contacts(1, event.time(), event.time()), Contacts::plus);
        Money amount = recorded.amount();
        if (amount != null
                && (recorded.type().equals("PURCHASE") || recorded.type().equals("CANCELLATION"))) {
            sums.merge(
                    new SumKey(event.customer(), recorded.type(), amount.currency()),
                    new Sum(1, amount.amount()),
                    Sum::plus);
        }
    }

    @Override
    public void write(Handle handle, int generation) {
        if (!contacts.isEmpty()) {
            writeContacts(handle, generation);
        }
        if (!sums.isEmpty()) {
            writeSums(handle, generation);
        }
    }

    private void writeContacts(Handle handle, int generation) {
        Columns.of(contacts.entrySet())
                .add("customers", UUID.class, Map.Entry::getKey)
                .add("counts", Long.class, row -> row.getValue().count())
                .add("firsts", String.class, row -> row.getValue().first().toString())
                .add("lasts", String.class, row -> row.getValue().last().toString())
                .bindTo(
                        handle.createUpdate(
                                """
                        INSERT INTO context_interaction_by_generation AS c (generation, customer_id, count, first_at, last_at)
                        SELECT :generation, contacts.* FROM unnest(:customers, :counts,
                            CAST(:firsts AS timestamptz[]), CAST(:lasts AS timestamptz[])) AS contacts
                        ON CONFLICT (generation, customer_id) DO UPDATE SET
                            count = c.count + EXCLUDED.count,
                            first_at = least(c.first_at, EXCLUDED.first_at),
                            last_at = greatest(c.last_at, EXCLUDED.last_at)
                        """))
                .bind("generation", generation)
                .execute();
    }

    private void writeSums(Handle handle, int generation) {
        Columns.of(sums.entrySet())
                .add("customers", UUID.class, row -> row.getKey().customer())
                .add("kinds", String.class, row -> row.getKey().kind())
                .add("currencies", String.class, row -> row.getKey().currency())
                .add("counts", Long.class, row -> row.getValue().count())
                .add("sums", String.class, row -> row.getValue().sum().toString())
                .bindTo(
                        handle.createUpdate(
                                """
                        INSERT INTO context_amount_by_generation AS c (generation, customer_id, kind, currency, count, sum)
                        SELECT :generation, sums.*
                        FROM unnest(:customers, :kinds, :currencies, :counts, CAST(:sums AS numeric[])) AS sums
                        ON CONFLICT (generation, customer_id, kind, currency) DO UPDATE SET
                            count = c.count + EXCLUDED.count,
                            sum = c.sum + EXCLUDED.sum
                        """))
                .bind("generation", generation)
                .execute();
    }
}

package io.rapport.customer.context;

import static java.util.Objects.requireNonNull;

import io.rapport.platform.Columns;
import io.rapport.platform.Ids;
import io.rapport.platform.event.ReceivedEvent;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Counts ratings and adds them up by metric; the mean is computed at each read. */
final class FeedbackFold implements ContextFold {

    record Received(String metric, int rating) {
        Received {
            requireNonNull(metric, "metric");
        }
    }

    private record Key(UUID customer, String metric) {}

    private record Ratings(long count, long sum) {
        Ratings plus(Ratings other) {
            return new Ratings(count + other.count, sum + other.sum);
        }
    }

    private final SortedMap<Key, Ratings> ratings =
            new TreeMap<>(
                    Comparator.comparing(Key::customer, Ids.BY_VALUE).thenComparing(Key::metric));

    @Override
    public void add(ReceivedEvent event) {
        if (event.type().equals("feedback.received.v1")) {
            Received received = event.data(Received.class);
            ratings.merge(
                    new Key(event.customer(), received.metric()),
                    new Ratings(1, received.rating()),
                    Ratings::plus);
        }
    }

    @Override
    public void write(Handle handle, int generation) {
        if (ratings.isEmpty()) {
            return;
        }
        Columns.of(ratings.entrySet())
                .add("customers", UUID.class, row -> row.getKey().customer())
                .add("metrics", String.class, row -> row.getKey().metric())
                .add("counts", Long.class, row -> row.getValue().count())
                .add("sums", Long.class, row -> row.getValue().sum())
                .bindTo(
                        handle.createUpdate(
                                """
                        INSERT INTO context_feedback_by_generation AS c (generation, customer_id, metric, count, rating_sum)
                        SELECT :generation, ratings.* FROM unnest(:customers, :metrics, :counts, :sums) AS ratings
                        ON CONFLICT (generation, customer_id, metric) DO UPDATE SET
                            count = c.count + EXCLUDED.count,
                            rating_sum = c.rating_sum + EXCLUDED.rating_sum
                        """))
                .bind("generation", generation)
                .execute();
    }
}

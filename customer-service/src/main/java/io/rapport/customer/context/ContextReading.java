package io.rapport.customer.context;

import io.rapport.customer.context.ContextProgress.Applied;
import io.rapport.customer.context.CustomerContext.Source;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerRow;
import io.rapport.customer.profile.CustomerRows;
import io.rapport.customer.profile.CustomerView;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.event.Topic;
import io.rapport.platform.event.Versions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Puts a context together. Progress is read before the figures: these may be newer than it says,
 * never older.
 */
@ApplicationScoped
public class ContextReading {

    /** In the order in which the answer names them, after this service itself. */
    private static final List<Topic> SOURCES =
            List.of(Topic.INTERACTIONS, Topic.LOYALTY, Topic.FEEDBACK);

    /** What is known of some customers, and how far it went when that was looked up. */
    private record Told(List<Applied> applied, Instant at, List<ContextRows.Row> rows) {}

    private final ContextRows contexts;
    private final CustomerRows customers;
    private final ContextProgress progress;
    private final Versions versions;
    private final Clock clock;

    ContextReading(
            ContextRows contexts,
            CustomerRows customers,
            ContextProgress progress,
            Versions versions,
            Clock clock) {
        this.contexts = contexts;
        this.customers = customers;
        this.progress = progress;
        this.versions = versions;
        this.clock = clock;
    }

    /**
     * The context of the customer that a read means, with the figures of all who were merged into
     * it: 404 when there is none, 410 when it was erased.
     */
    public CustomerContext of(CustomerReference reference) {
        UUID id = reference.id().orElseGet(() -> customers.require(reference).customer().id());
        Told told = read(List.of(id));
        CustomerRow named =
                told.rows.stream()
                        .findFirst()
                        .map(ContextRows.Row::customer)
                        .orElseThrow(CustomerRows::unknown);
        if (!named.customer().isInAMerge()) {
            return answer(named, told);
        }
        CustomerRow survivor = customers.require(reference);
        return answer(survivor, read(survivor.customer().all()));
    }

    private Told read(List<UUID> members) {
        versions.read(members);
        List<Applied> applied = progress.of(members, SOURCES);
        return new Told(applied, clock.instant(), contexts.find(members));
    }

    private static CustomerContext answer(CustomerRow of, Told told) {
        ContextParts parts =
                told.rows.stream()
                        .map(ContextRows.Row::parts)
                        .reduce(ContextParts.NONE, ContextParts::plus);
        Customer customer = of.customer().requireNotErased();
        return new CustomerContext(
                customer.id(),
                CustomerView.of(customer),
                parts.interactions(),
                parts.loyalty(),
                parts.feedback(),
                sources(of.sequence(), told.applied, told.at));
    }

    private static List<Source> sources(long own, List<Applied> applied, Instant now) {
        List<Source> sources = new ArrayList<>();
        sources.add(new Source(Topic.CUSTOMERS.service(), own, Duration.ZERO));
        for (int i = 0; i < SOURCES.size(); i++) {
            Applied of = applied.get(i);
            sources.add(new Source(SOURCES.get(i).service(), of.sequence(), lag(of.upTo(), now)));
        }
        return sources;
    }

    /** Null until this service has once proven to have applied a whole log. */
    private static @Nullable Duration lag(@Nullable Instant upTo, Instant now) {
        if (upTo == null) {
            return null;
        }
        Duration lag = Duration.between(upTo, now).truncatedTo(ChronoUnit.MILLIS);
        return lag.isNegative() ? Duration.ZERO : lag;
    }
}

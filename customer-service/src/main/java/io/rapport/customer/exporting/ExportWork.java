package io.rapport.customer.exporting;

import io.rapport.customer.FileFormat;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerRows;
import io.rapport.customer.profile.CustomerStatus;
import io.rapport.customer.profile.CustomerView;
import io.rapport.customer.profile.MergeLink;
import io.rapport.customer.profile.MergeLinks;
import io.rapport.customer.profile.Merged;
import io.rapport.platform.Ids;
import io.rapport.platform.timer.TimerAction;
import io.rapport.platform.timer.Timers;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Writes the next customers of an export: a timer that is due at once until all are written. What
 * is written and how far it is are one transaction, which holds the timer's row and the export's.
 */
@ApplicationScoped
public class ExportWork implements TimerAction {

    static final String KIND = "customer-export";

    /** A merge has the time at which it began: it may be seen so much later, and not by all. */
    private static final Duration OVERLAP = Duration.ofMinutes(1);

    private final ExportRows exports;
    private final ExportFile file;
    private final ExportConfig config;
    private final CustomerRows customers;
    private final MergeLinks links;
    private final Timers timers;
    private final Clock clock;

    ExportWork(
            ExportRows exports,
            ExportFile file,
            ExportConfig config,
            CustomerRows customers,
            MergeLinks links,
            Timers timers,
            Clock clock) {
        this.exports = exports;
        this.file = file;
        this.config = config;
        this.customers = customers;
        this.links = links;
        this.timers = timers;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public boolean isWork() {
        return true;
    }

    @Override
    public void fire(UUID subject, Instant due) {
        ExportRows.Job job = exports.hold(subject).orElse(null);
        if (job != null && advance(job)) {
            timers.set(KIND, subject, clock.instant());
        }
    }

    /** Writes some, or deletes some of what was cancelled; false when nothing is left to do. */
    private boolean advance(ExportRows.Job job) {
        UUID id = job.told().id();
        return switch (job.told().state()) {
            case RUNNING -> {
                boolean more = write(job);
                if (!more) {
                    exports.end(id, ExportState.COMPLETED, clock.instant());
                }
                yield more;
            }
            case COMPLETED -> false;
            case CANCELLED -> exports.deleteSome(id);
        };
    }

    /** False when there are no more. */
    private boolean write(ExportRows.Job job) {
        CustomerExport told = job.told();
        int most = config.customersPerTransaction();
        List<Customer> found = customers.list(told.source(), job.last(), most);
        List<CustomerView> views =
                found.stream()
                        .flatMap(customer -> written(customer, told).stream())
                        .map(CustomerView::of)
                        .toList();
        boolean first = job.parts() == 0;
        if (!found.isEmpty() || (first && told.format() == FileFormat.CSV)) {
            UUID last = found.isEmpty() ? told.id() : found.getLast().id();
            exports.add(job, last, views.size(), file.part(told.format(), first, views));
        }
        return found.size() == most;
    }

    /**
     * What is written where {@code found} stands: a survivor with its members once, at the first of
     * them that the export finds. Whoever was merged into it since the export began may have been
     * passed before, by itself; or the survivor was, and is written once more where the member
     * stands.
     */
    private Optional<Customer> written(Customer found, CustomerExport told) {
        if (found.status() == CustomerStatus.ERASED) {
            return Optional.empty();
        }
        UUID survivor = found.merges().survivor();
        if (survivor == null && !found.hasMembers()) {
            return Optional.of(found);
        }
        Merged all = links.of(survivor == null ? found.id() : survivor);
        Instant began = told.createdAt().minus(OVERLAP);
        Set<UUID> since =
                all.members().stream()
                        .map(Merged.Member::link)
                        .filter(link -> link.mergedAt().isAfter(began))
                        .map(MergeLink::member)
                        .collect(Collectors.toSet());
        Optional<UUID> first =
                all.each()
                        .filter(customer -> told.source() == null || isOf(told.source(), customer))
                        .map(Customer::id)
                        .filter(id -> !since.contains(id))
                        .min(Ids.BY_VALUE);
        boolean stands =
                first.map(
                                place ->
                                        since.contains(found.id())
                                                ? Ids.BY_VALUE.compare(place, found.id()) < 0
                                                : place.equals(found.id()))
                        .orElse(true);
        return stands ? Optional.of(all.view()) : Optional.empty();
    }

    private static boolean isOf(String source, Customer customer) {
        return customer.identities().stream().anyMatch(one -> one.source().equals(source));
    }
}

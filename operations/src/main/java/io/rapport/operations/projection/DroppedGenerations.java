package io.rapport.operations.projection;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.rapport.platform.event.Generations;
import io.rapport.platform.event.Generations.Standing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Removes the rows of generations that were dropped, some parked events or customers a transaction.
 * Two replicas may do the same work; what one has removed the other does not find.
 */
@ApplicationScoped
class DroppedGenerations {

    private static final Logger LOG = Logger.getLogger(DroppedGenerations.class);

    private final Jdbi jdbi;
    private final Generations generations;
    private final ProjectionRows projections;
    private volatile boolean stopping;

    DroppedGenerations(Jdbi jdbi, Generations generations, ProjectionRows projections) {
        this.jdbi = jdbi;
        this.generations = generations;
        this.projections = projections;
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void remove() {
        try {
            generations.standings().forEach(this::removeOf);
        } catch (RuntimeException e) {
            LOG.warnf("Rows of dropped generations are left: %s", e.toString());
        }
    }

    private void removeOf(Standing standing) {
        for (int generation : standing.dropped()) {
            remove(standing, generation);
        }
    }

    private void remove(Standing standing, int generation) {
        String consumer = standing.consumer(generation);
        // First of all: whoever gives such an event up makes progress of its customer anew.
        while (jdbi.withHandle(handle -> GenerationRows.removeParked(handle, consumer))) {
            if (stopping) {
                return;
            }
        }
        UUID after = null;
        do {
            after = removeSome(standing, generation, consumer, after);
            if (stopping) {
                return;
            }
        } while (after != null);
        projections.removed(standing, generation);
    }

    /** The last customer whose rows were removed; null when there are no more. */
    private @Nullable UUID removeSome(
            Standing standing, int generation, String consumer, @Nullable UUID after) {
        return jdbi.inTransaction(
                handle -> {
                    List<UUID> customers = GenerationRows.customers(handle, after);
                    GenerationRows.remove(
                            handle,
                            generations.projection(standing).tables(),
                            generation,
                            consumer,
                            customers);
                    return customers.isEmpty() ? null : customers.getLast();
                });
    }
}

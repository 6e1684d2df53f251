package io.rapport.interaction.promise;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/**
 * What an operator watches of promises: since when the one was due that waits longest to be broken
 * by its timer, in seconds; 0 when none waits. Read every five seconds, by an index.
 */
@ApplicationScoped
class PromiseMetrics {

    private static final Logger LOG = Logger.getLogger(PromiseMetrics.class);

    private static final String READ =
            """
            SELECT coalesce((SELECT greatest(extract(epoch FROM clock_timestamp() - due), 0)
                             FROM timer WHERE kind = ? ORDER BY due LIMIT 1), 0)::float8""";

    private final Jdbi jdbi;
    private final MeterRegistry registry;
    private volatile double late = Double.NaN;

    PromiseMetrics(Jdbi jdbi, MeterRegistry registry) {
        this.jdbi = jdbi;
        this.registry = registry;
    }

    void register(@Observes StartupEvent event) {
        Gauge.builder("rapport.promises.late.seconds", this, metrics -> metrics.late)
                .description("Since when the promise was due that waits longest for its timer")
                .register(registry);
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void read() {
        try {
            late =
                    jdbi.withHandle(
                            handle ->
                                    handle.select(READ, PromiseTimer.KIND)
                                            .mapTo(double.class)
                                            .one());
        } catch (RuntimeException e) {
            // A stale figure would say that all is well.
            late = Double.NaN;
            LOG.debugf("Not read: %s", e.toString());
        }
    }
}

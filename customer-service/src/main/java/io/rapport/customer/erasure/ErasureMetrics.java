package io.rapport.customer.erasure;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.function.ToDoubleFunction;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * What an operator watches of erasures: how many are not confirmed by all services yet, and since
 * when the oldest of them was asked for, in seconds. Read once a minute, for it looks at every
 * erasure that there ever was.
 */
@ApplicationScoped
class ErasureMetrics {

    private static final Logger LOG = Logger.getLogger(ErasureMetrics.class);

    public record Running(double count, double oldestAgeSeconds) {}

    private static final Running UNKNOWN = new Running(Double.NaN, Double.NaN);

    private static final String READ =
            """
            SELECT count(*) AS count,
                   coalesce(extract(epoch FROM clock_timestamp() - min(requested_at)), 0)::float8
                       AS oldest_age_seconds
            FROM erasure WHERE completed_at IS NULL""";

    private final Jdbi jdbi;
    private final MeterRegistry registry;
    private volatile Running running = UNKNOWN;

    ErasureMetrics(Jdbi jdbi, MeterRegistry registry) {
        this.jdbi = jdbi;
        this.registry = registry;
    }

    void register(@Observes StartupEvent event) {
        gauge(
                "rapport.erasures.running",
                "Erasures that not all services have confirmed",
                metrics -> metrics.running.count());
        gauge(
                "rapport.erasures.oldest.age.seconds",
                "Since when the oldest of them was asked for",
                metrics -> metrics.running.oldestAgeSeconds());
    }

    @Scheduled(every = "60s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void read() {
        try {
            running =
                    jdbi.withHandle(
                            handle ->
                                    handle.createQuery(READ)
                                            .map(ConstructorMapper.of(Running.class))
                                            .one());
        } catch (RuntimeException e) {
            // A stale figure would say that all is well.
            running = UNKNOWN;
            LOG.debugf("Not read: %s", e.toString());
        }
    }

    private void gauge(String name, String description, ToDoubleFunction<ErasureMetrics> value) {
        Gauge.builder(name, this, value).description(description).register(registry);
    }
}

package io.rapport.customer.segment;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.UUID;
import java.util.function.ToDoubleFunction;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * What an operator watches of segments: how many are decided anew, since when the oldest of them
 * is, and for how long the first mark has waited, in seconds; read every five seconds. And how
 * often rules ran in circles.
 */
@ApplicationScoped
class SegmentMetrics {

    private static final Logger LOG = Logger.getLogger(SegmentMetrics.class);

    public record Waiting(double building, double buildingSeconds, double markedSeconds) {}

    private static final Waiting UNKNOWN = new Waiting(Double.NaN, Double.NaN, Double.NaN);

    private static final String READ =
            """
            SELECT (SELECT count(*) FROM segment_build) AS building,
                   coalesce((SELECT extract(epoch FROM clock_timestamp() - min(started_at))
                             FROM segment_build), 0)::float8 AS building_seconds,
                   coalesce((SELECT extract(epoch FROM clock_timestamp() - marked_at) FROM segment_mark
                             ORDER BY id LIMIT 1), 0)::float8 AS marked_seconds""";

    private static final String CIRCLES = "rapport.segments.circles.total";

    private final Jdbi jdbi;
    private final MeterRegistry registry;
    private volatile Waiting waiting = UNKNOWN;

    SegmentMetrics(Jdbi jdbi, MeterRegistry registry) {
        this.jdbi = jdbi;
        this.registry = registry;
    }

    void register(@Observes StartupEvent event) {
        gauge(
                "rapport.segments.building",
                "Segments whose members are being decided anew",
                metrics -> metrics.waiting.building());
        gauge(
                "rapport.segments.building.oldest.age.seconds",
                "Since when the oldest of them is",
                metrics -> metrics.waiting.buildingSeconds());
        gauge(
                "rapport.segments.marks.oldest.age.seconds",
                "For how long a customer waits whose context was folded further",
                metrics -> metrics.waiting.markedSeconds());
        registry.counter(CIRCLES);
    }

    /** More reactions lie behind what is told of the customer's segments than there may be. */
    void inCircle(UUID customer) {
        registry.counter(CIRCLES).increment();
        LOG.warnf(
                "Rules run in circles: of the segments of %s nobody may react any more", customer);
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void read() {
        try {
            waiting =
                    jdbi.withHandle(
                            handle ->
                                    handle.createQuery(READ)
                                            .map(ConstructorMapper.of(Waiting.class))
                                            .one());
        } catch (RuntimeException e) {
            // A stale figure would say that all is well.
            waiting = UNKNOWN;
            LOG.debugf("Not read: %s", e.toString());
        }
    }

    private void gauge(String name, String description, ToDoubleFunction<SegmentMetrics> value) {
        Gauge.builder(name, this, value).description(description).register(registry);
    }
}

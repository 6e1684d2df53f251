package io.rapport.operations.alarm;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.rapport.platform.event.ConsumerLoop;
import io.rapport.platform.event.Consumers;
import io.rapport.platform.event.Relay;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * What an operator watches: events that wait for the relay and the age of the oldest in seconds,
 * records that consumers have not applied, events kept aside and parked. Counted every five
 * seconds, up to a bound.
 */
@ApplicationScoped
class EventMetrics {

    private static final Logger LOG = Logger.getLogger(EventMetrics.class);

    /** A count stops here: beyond, the exact number says no more, and counting it would cost. */
    private static final int BOUND = 100_000;

    public record Counts(double pending, double oldestAgeSeconds, double early, double parked) {}

    private static final String COUNT =
            """
            SELECT (SELECT count(*) FROM (SELECT FROM outbox LIMIT :bound) AS o) AS pending,
                   coalesce((SELECT extract(epoch FROM clock_timestamp() - created_at) FROM outbox
                             ORDER BY position LIMIT 1), 0)::float8 AS oldest_age_seconds,
                   (SELECT count(*) FROM (SELECT FROM early_event LIMIT :bound) AS e) AS early,
                   (SELECT count(*) FROM (SELECT FROM parked_event LIMIT :bound) AS p) AS parked""";

    private final Jdbi jdbi;
    private final Relay relay;
    private final Consumers consumers;
    private final MeterRegistry registry;
    private final MultiGauge lags;
    private final MultiGauge states;
    private volatile Counts counts = new Counts(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    EventMetrics(Jdbi jdbi, Relay relay, Consumers consumers, MeterRegistry registry) {
        this.jdbi = jdbi;
        this.relay = relay;
        this.consumers = consumers;
        this.registry = registry;
        this.lags =
                MultiGauge.builder("rapport.consumer.lag")
                        .description("Records in this member's partitions that are not applied yet")
                        .register(registry);
        this.states =
                MultiGauge.builder("rapport.consumer.state")
                        .description("1 for what the consumer is doing")
                        .register(registry);
    }

    void register(@Observes StartupEvent event) {
        gauge(
                "rapport.outbox.pending",
                "Events that wait for the relay",
                metrics -> metrics.counts.pending());
        gauge(
                "rapport.outbox.oldest.age.seconds",
                "Age of the oldest of them",
                metrics -> metrics.counts.oldestAgeSeconds());
        gauge(
                "rapport.events.early",
                "Events kept aside until a gap closes",
                metrics -> metrics.counts.early());
        gauge(
                "rapport.events.parked",
                "Events that could not be applied",
                metrics -> metrics.counts.parked());
        for (Relay.State state : Relay.State.values()) {
            Gauge.builder("rapport.relay.state", relay, it -> it.state() == state ? 1 : 0)
                    .tag("state", state.name())
                    .description("1 for what the relay is doing")
                    .register(registry);
        }
    }

    /** Consumers come and go with the generations of projections. */
    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void watchConsumers() {
        List<ConsumerLoop> loops = consumers.loops();
        lags.register(
                loops.stream().map(loop -> Row.of(named(loop), loop, ConsumerLoop::lag)).toList(),
                false);
        states.register(
                loops.stream()
                        .flatMap(
                                loop ->
                                        Stream.of(ConsumerLoop.State.values())
                                                .map(state -> stateOf(loop, state)))
                        .toList(),
                false);
    }

    private static Row<ConsumerLoop> stateOf(ConsumerLoop loop, ConsumerLoop.State state) {
        Tags tags = named(loop).and("state", state.name());
        return Row.of(tags, loop, it -> it.state() == state ? 1 : 0);
    }

    private static Tags named(ConsumerLoop loop) {
        return Tags.of("consumer", loop.name());
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void count() {
        try {
            counts =
                    jdbi.withHandle(
                            handle ->
                                    handle.createQuery(COUNT)
                                            .bind("bound", BOUND)
                                            .map(ConstructorMapper.of(Counts.class))
                                            .one());
        } catch (RuntimeException e) {
            // A stale figure would say that all is well.
            counts = new Counts(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
            LOG.debugf("Not counted: %s", e.toString());
        }
    }

    private void gauge(String name, String description, ToDoubleFunction<EventMetrics> value) {
        Gauge.builder(name, this, value).description(description).register(registry);
    }
}

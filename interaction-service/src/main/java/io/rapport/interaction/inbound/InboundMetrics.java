package io.rapport.interaction.inbound;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/** What an operator watches of the topics of partners. Thread-safe. */
@ApplicationScoped
class InboundMetrics {

    /** What became of a message. */
    enum Result {
        RECORDED,
        REPEATED,
        REJECTED,
        /** Rejected because of a fault of ours. */
        FAILED
    }

    /** A count stops here: beyond, the exact number says no more. */
    private static final int BOUND = 100_000;

    private final MeterRegistry registry;
    private final Rejections rejections;
    private final Map<Partner, Double> waiting = new ConcurrentHashMap<>();

    InboundMetrics(MeterRegistry registry, Rejections rejections) {
        this.registry = registry;
        this.rejections = rejections;
    }

    void count(Partner partner, Result result, int messages) {
        registry.counter(
                        "rapport.inbound.messages.total",
                        of(partner).and("result", result.name().toLowerCase(Locale.ROOT)))
                .increment(messages);
    }

    /** They went out of the topic before they were read. */
    void missed(Partner partner, long messages) {
        registry.counter("rapport.inbound.missed.total", of(partner)).increment((double) messages);
    }

    void watch(Partner partner, List<InboundLoop> loops) {
        waiting.put(partner, Double.NaN);
        missed(partner, 0);
        for (Result result : Result.values()) {
            count(partner, result, 0);
        }
        gauge(
                "rapport.inbound.lag",
                of(partner),
                "Messages in this process's partitions that are not taken in yet",
                any -> loops.stream().mapToLong(InboundLoop::lag).sum());
        gauge(
                "rapport.inbound.rejections.waiting",
                of(partner),
                "Rejections that wait to be told",
                any -> waiting.getOrDefault(partner, Double.NaN));
        for (InboundLoop.State state : InboundLoop.State.values()) {
            gauge(
                    "rapport.inbound.state",
                    of(partner).and("state", state.name()),
                    "How many readers of this process are doing this",
                    any -> loops.stream().filter(loop -> loop.state() == state).count());
        }
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void count() {
        waiting.replaceAll((partner, before) -> waiting(partner));
    }

    private double waiting(Partner partner) {
        try {
            return (double) rejections.waiting(partner, BOUND);
        } catch (RuntimeException e) {
            // A stale figure would say that all is well.
            return Double.NaN;
        }
    }

    private void gauge(
            String name, Tags tags, String description, ToDoubleFunction<InboundMetrics> value) {
        Gauge.builder(name, this, value).tags(tags).description(description).register(registry);
    }

    private static Tags of(Partner partner) {
        return Tags.of("partner", partner.name());
    }
}

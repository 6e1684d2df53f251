package io.rapport.platform.event;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.rapport.platform.event.Generations.Standing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs a loop for each consumer of this service. It follows the generations of projections as they
 * come and go, and stops all loops in an orderly way.
 */
@ApplicationScoped
public class Consumers {

    private record Running(ConsumerLoop loop, Thread thread) {}

    private static final Logger LOG = Logger.getLogger(Consumers.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Map<String, Running> running = new ConcurrentHashMap<>();
    private final Instance<Projection> projections;
    private final Generations generations;
    private final Installation installation;
    private final ConsumerConfiguration config;
    private final EventInbox inbox;
    private final GapCloser gapCloser;
    private final ConsumerPositions positions;
    private final TopicCheck topicCheck;
    private final Clock clock;
    private volatile boolean stopping;
    private @Nullable Thread follower;

    Consumers(
            @Any Instance<Projection> projections,
            Generations generations,
            Installation installation,
            ConsumerConfiguration config,
            EventInbox inbox,
            GapCloser gapCloser,
            ConsumerPositions positions,
            TopicCheck topicCheck,
            Clock clock) {
        this.projections = projections;
        this.generations = generations;
        this.installation = installation;
        this.config = config;
        this.inbox = inbox;
        this.gapCloser = gapCloser;
        this.positions = positions;
        this.topicCheck = topicCheck;
        this.clock = clock;
    }

    /** The loops that run in this process now. */
    public List<ConsumerLoop> loops() {
        return running.values().stream().map(Running::loop).toList();
    }

    void start(@Observes StartupEvent event) {
        if (config.enabled()) {
            requireLooksWithinTheSession();
            requireRows();
            follower = Thread.ofPlatform().daemon().name("consumers").start(this::follow);
        }
    }

    private void requireLooksWithinTheSession() {
        if (config.pace().plus(config.poll()).compareTo(config.session()) >= 0) {
            throw new ConfigurationException(
                    "rapport.consumer.pace and poll together must be shorter than rapport.consumer.session: shorten the pace, or lengthen the session.");
        }
    }

    private void requireRows() {
        List<String> folded = generations.standings().stream().map(Standing::name).toList();
        for (Projection projection : projections) {
            if (!folded.contains(projection.name())) {
                throw new ConfigurationException(
                        "The projection %s would never be folded: the table projection has no row of this name. A migration has to add it."
                                .formatted(projection.name()));
            }
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        loops().forEach(ConsumerLoop::stop);
        if (follower != null) {
            follower.interrupt();
            follower.join(config.session());
        }
        loops().forEach(ConsumerLoop::stop);
        for (Running each : running.values()) {
            each.thread().join(config.session());
        }
    }

    private void follow() {
        try {
            while (!stopping) {
                look();
                Thread.sleep(LOOK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            Set<String> gone = new HashSet<>(running.keySet());
            for (EventConsumer consumer : generations.consumers()) {
                gone.remove(consumer.name());
                running.computeIfAbsent(consumer.name(), name -> run(consumer));
            }
            // What such a loop is folding fails: the positions went with the generation.
            gone.forEach(name -> Objects.requireNonNull(running.remove(name)).loop().stop());
        } catch (Throwable e) {
            // An Error, too: nobody would follow any more.
            LOG.warnf("Which projections are folded is not known: %s", e.toString());
        }
    }

    private Running run(EventConsumer consumer) {
        ConsumerLoop loop =
                new ConsumerLoop(
                        consumer,
                        installation,
                        config,
                        inbox,
                        gapCloser,
                        positions,
                        topicCheck,
                        clock);
        String name = "read-" + consumer.name();
        return new Running(loop, Thread.ofPlatform().daemon().name(name).start(loop::run));
    }
}

package io.rapport.platform.event;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Starts a loop for each consumer of this service, and stops them in an orderly way. */
@ApplicationScoped
class Consumers {

    private final List<ConsumerLoop> loops = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final ConsumerConfiguration config;

    Consumers(
            @Any Instance<EventConsumer> consumers,
            Installation installation,
            ConsumerConfiguration config,
            EventInbox inbox,
            GapCloser gapCloser,
            ConsumerPositions positions,
            TopicCheck topicCheck,
            Clock clock) {
        this.config = config;
        for (EventConsumer consumer : consumers) {
            loops.add(
                    new ConsumerLoop(
                            consumer,
                            installation,
                            config,
                            inbox,
                            gapCloser,
                            positions,
                            topicCheck,
                            clock));
        }
    }

    List<ConsumerLoop> loops() {
        return loops;
    }

    void start(@Observes StartupEvent event) {
        if (config.enabled()) {
            for (ConsumerLoop loop : loops) {
                threads.add(Thread.ofPlatform().daemon().name("read-" + loop.name()).start(loop));
            }
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        loops.forEach(ConsumerLoop::stop);
        for (Thread thread : threads) {
            thread.join(config.session());
        }
    }
}

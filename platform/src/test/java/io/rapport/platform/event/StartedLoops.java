package io.rapport.platform.event;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Loops that a test starts, with the parts that the service's own loops have. */
@ApplicationScoped
class StartedLoops {

    private final Installation installation;
    private final ConsumerConfiguration config;
    private final EventInbox inbox;
    private final GapCloser gapCloser;
    private final ConsumerPositions positions;
    private final TopicCheck topicCheck;
    private final Clock clock;
    private final List<ConsumerLoop> loops = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    StartedLoops(
            Installation installation,
            ConsumerConfiguration config,
            EventInbox inbox,
            GapCloser gapCloser,
            ConsumerPositions positions,
            TopicCheck topicCheck,
            Clock clock) {
        this.installation = installation;
        this.config = config;
        this.inbox = inbox;
        this.gapCloser = gapCloser;
        this.positions = positions;
        this.topicCheck = topicCheck;
        this.clock = clock;
    }

    ConsumerLoop start(EventConsumer consumer) {
        return start(consumer, inbox);
    }

    ConsumerLoop start(EventConsumer consumer, EventInbox inbox) {
        return start(consumer, config, inbox);
    }

    ConsumerLoop start(EventConsumer consumer, ConsumerConfiguration config, EventInbox inbox) {
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
        loops.add(loop);
        threads.add(Thread.ofPlatform().daemon().start(loop::run));
        return loop;
    }

    /** Stops them all and waits for that. */
    void stop() throws InterruptedException {
        loops.forEach(ConsumerLoop::stop);
        for (Thread thread : threads) {
            thread.join();
        }
        loops.clear();
        threads.clear();
    }
}

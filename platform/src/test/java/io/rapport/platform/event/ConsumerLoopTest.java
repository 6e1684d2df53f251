package io.rapport.platform.event;

import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.Ids;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.Suite;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Topics;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

/** Loops with consumers of the test's own, on the feedback log, which nobody else here reads. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ConsumerLoopTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    /** A consumer that does what the test says. */
    private record Probe(String name, Consumer<List<ReceivedEvent>> fold) implements Projection {

        @Override
        public Set<Topic> topics() {
            return Set.of(Topic.FEEDBACK);
        }

        @Override
        public void fold(List<ReceivedEvent> events) {
            fold.accept(events);
        }
    }

    @Inject Jdbi jdbi;
    @Inject Installation installation;
    @Inject ConsumerConfiguration config;
    @Inject EventInbox inbox;
    @Inject GapCloser gapCloser;
    @Inject ConsumerPositions positions;
    @Inject TopicIds topicIds;
    @Inject Clock clock;

    private final Events events = Events.ofSuite();
    private final Topics topics = Topics.ofSuite();
    private final UUID customer = Ids.next();
    private final String name = "probe-" + customer;
    private @Nullable ConsumerLoop loop;
    private @Nullable Thread thread;

    @AfterEach
    void stop() throws InterruptedException {
        if (loop != null && thread != null) {
            loop.stop();
            thread.join();
        }
        events.close();
        topics.close();
    }

    @Test
    void a_topic_made_anew_stops_the_consumer_for_good() {
        for (int partition = 0; partition < Suite.PARTITIONS; partition++) {
            begin(partition, UUID.randomUUID());
        }
        ConsumerLoop started = start(received -> {}, positions, topicIds);

        await().atMost(SOON).until(() -> started.state() == ConsumerLoop.State.STOPPED);
    }

    private void begin(int partition, UUID topicId) {
        jdbi.useHandle(
                h ->
                        h.execute(
                                "INSERT INTO consumer_position VALUES (?, ?, ?, ?, 0)",
                                name,
                                topics.name(Topic.FEEDBACK),
                                partition,
                                topicId));
    }

    private ConsumerLoop start(
            Consumer<List<ReceivedEvent>> fold, ConsumerPositions positions, TopicIds topicIds) {
        ConsumerLoop started =
                new ConsumerLoop(
                        new Probe(name, fold),
                        installation,
                        config,
                        inbox,
                        gapCloser,
                        positions,
                        topicIds,
                        clock);
        loop = started;
        thread = Thread.ofPlatform().daemon().start(started);
        return started;
    }
}

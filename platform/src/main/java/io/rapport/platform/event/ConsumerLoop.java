package io.rapport.platform.event;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.JdbiException;

/**
 * Reads the topics of one named consumer and hands their records to a {@link ConsumerWorker}. While
 * the database is away it stays in its group: the records in hand are tried again without limit,
 * their partitions are paused, and polling goes on.
 */
public final class ConsumerLoop {

    /** What the loop is doing, as the metric {@code rapport_consumer_state} shows it. */
    public enum State {
        RUNNING,
        FAILING,
        TOPIC_REFUSED,
        STOPPED
    }

    private static final Logger LOG = Logger.getLogger(ConsumerLoop.class);
    private static final Duration CLOSE = Duration.ofSeconds(2);
    private static final Duration WHILE_BUSY = Duration.ofMillis(100);
    private static final Duration CAUGHT_UP_EVERY = Duration.ofMillis(250);
    private static final long COMMIT_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

    private final EventConsumer consumer;
    private final Installation installation;
    private final ConsumerConfiguration config;
    private final EventInbox inbox;
    private final GapCloser gapCloser;
    private final ConsumerPositions positions;
    private final TopicCheck topicCheck;
    private final CaughtUp caughtUp;
    private final Map<String, Topic> topics;
    private final Map<TopicPartition, PartitionReader> readers = new HashMap<>();
    // Assigned, but paused: where to go on has to be asked of the database first.
    private final Set<TopicPartition> unsought = new HashSet<>();
    private long nextAtNanos = System.nanoTime();
    private boolean untold;
    private long toldAtNanos = System.nanoTime();
    private Map<String, UUID> ids = Map.of();
    private long idsAtNanos;
    private volatile State state = State.RUNNING;
    private volatile long lag;
    private volatile boolean stopping;

    ConsumerLoop(
            EventConsumer consumer,
            Installation installation,
            ConsumerConfiguration config,
            EventInbox inbox,
            GapCloser gapCloser,
            ConsumerPositions positions,
            TopicCheck topicCheck,
            Clock clock) {
        this.consumer = consumer;
        this.installation = installation;
        this.config = config;
        this.inbox = inbox;
        this.gapCloser = gapCloser;
        this.positions = positions;
        this.topicCheck = topicCheck;
        this.caughtUp = new CaughtUp(clock, CAUGHT_UP_EVERY);
        this.topics =
                consumer.topics().stream()
                        .collect(Collectors.toMap(installation::topic, Function.identity()));
    }

    public String name() {
        return consumer.name();
    }

    public State state() {
        return state;
    }

    /** Records that lie in this member's partitions and are not applied yet. */
    public long lag() {
        return lag;
    }

    void stop() {
        stopping = true;
    }

    void run() {
        Pause pause = new Pause(config.firstPause(), config.longestPause());
        while (!stopping) {
            try (ConsumerWorker worker =
                    new ConsumerWorker(consumer, topics, inbox, gapCloser, config)) {
                read(worker, pause);
            } catch (ConsumerStopped | OffsetOutOfRangeException e) {
                state = State.STOPPED;
                LOG.errorf("consumer-stopped: %s: %s", consumer.name(), e.getMessage());
                return;
            } catch (TopicCheck.Refused e) {
                state = State.TOPIC_REFUSED;
                pause.sleep();
            } catch (Throwable e) {
                // An Error, too: a thread that is gone would go on showing its last state.
                state = State.FAILING;
                LOG.warnf("%s begins again: %s", consumer.name(), e.toString());
                pause.sleep();
            }
        }
    }

    private void read(ConsumerWorker worker, Pause pause) {
        ids = topicCheck.require(consumer.topics());
        idsAtNanos = System.nanoTime();
        var kafka =
                new KafkaConsumer<>(
                        ConsumerSettings.of(consumer, installation, config),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        try {
            kafka.subscribe(topics.keySet(), assignment(kafka));
            while (!stopping) {
                requireSameTopics();
                if (!readOnce(kafka, worker)) {
                    return;
                }
                boolean noted = noteCaughtUp(kafka);
                if (seekUnsought(kafka) && noted) {
                    state = State.RUNNING;
                    pause.reset();
                } else {
                    state = State.FAILING;
                    pause.sleep();
                }
            }
        } finally {
            worker.stop();
            readers.clear();
            unsought.clear();
            kafka.close(CloseOptions.timeout(CLOSE));
        }
    }

    /** False when it is to stop with records in hand: then their position proves nothing. */
    private boolean readOnce(KafkaConsumer<byte[], byte[]> kafka, ConsumerWorker worker) {
        LockSupport.parkNanos(nextAtNanos - System.nanoTime());
        ConsumerRecords<byte[], byte[]> records = kafka.poll(config.poll());
        if (!records.isEmpty() || worker.due()) {
            if (records.count() < config.fetch()) {
                nextAtNanos = System.nanoTime() + config.pace().toNanos();
            }
            worker.begin(records, readers);
            if (!worker.done(config.patience())) {
                state = State.FAILING;
                kafka.pause(kafka.assignment());
                while (!worker.done(WHILE_BUSY)) {
                    if (stopping) {
                        return false;
                    }
                    kafka.poll(Duration.ZERO);
                }
                kafka.resume(readers.keySet());
            }
            seekLater(kafka, worker.lost());
            untold |= !records.isEmpty();
        }
        commitForTheEyesOfTools(kafka);
        lag =
                kafka.assignment().stream()
                        .map(kafka::currentLag)
                        .mapToLong(left -> left.orElse(0))
                        .sum();
        return true;
    }

    /**
     * False when the database did not take it; then nothing is proven, and the time stands still.
     */
    private boolean noteCaughtUp(KafkaConsumer<byte[], byte[]> kafka) {
        try {
            caughtUp.check(kafka)
                    .ifPresent(time -> positions.caughtUp(consumer.name(), positionsNow(), time));
            return true;
        } catch (JdbiException e) {
            LOG.warnf("%s cannot note how far it has come: %s", consumer.name(), e.toString());
            return false;
        }
    }

    private Map<TopicPartition, Long> positionsNow() {
        return readers.values().stream()
                .collect(Collectors.toMap(PartitionReader::partition, PartitionReader::position));
    }

    /** Now and then: nothing depends on it, and the broker writes a record for each partition. */
    private void commitForTheEyesOfTools(KafkaConsumer<byte[], byte[]> kafka) {
        if (untold && System.nanoTime() - toldAtNanos > COMMIT_EVERY_NANOS) {
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            readers.forEach((at, own) -> offsets.put(at, new OffsetAndMetadata(own.position())));
            kafka.commitAsync(offsets, null);
            untold = false;
            toldAtNanos = System.nanoTime();
        }
    }

    /** Notes partitions to seek; until that is done, nothing is read from them. */
    private void seekLater(
            KafkaConsumer<byte[], byte[]> kafka, Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            if (kafka.assignment().contains(partition)) {
                readers.remove(partition);
                unsought.add(partition);
                kafka.pause(List.of(partition));
                // A partition without a position would be looked for among Kafka's own offsets.
                kafka.seek(partition, 0);
            }
        }
    }

    /** False when the database or the broker does not answer: then it is tried at the next look. */
    private boolean seekUnsought(KafkaConsumer<byte[], byte[]> kafka) {
        try {
            for (TopicPartition partition : List.copyOf(unsought)) {
                readers.put(partition, seek(kafka, partition));
                unsought.remove(partition);
                kafka.resume(List.of(partition));
            }
            return true;
        } catch (ConsumerStopped e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warnf("%s does not know where to go on yet: %s", consumer.name(), e.toString());
            return false;
        }
    }

    /** Asked now and then: for Kafka's client, nothing happens in a topic that is gone. */
    private void requireSameTopics() {
        if (System.nanoTime() - idsAtNanos > config.session().toNanos()) {
            if (topicCheck.changed(ids)) {
                throw new IllegalStateException("a topic is gone or was made anew");
            }
            idsAtNanos = System.nanoTime();
        }
    }

    private PartitionReader seek(KafkaConsumer<byte[], byte[]> kafka, TopicPartition partition) {
        Topic topic = Objects.requireNonNull(topics.get(partition.topic()));
        UUID topicId = Objects.requireNonNull(ids.get(partition.topic()));
        return PartitionReader.seek(consumer, topic, partition, topicId, positions, kafka);
    }

    /**
     * Follows what the group gives to this member and takes from it. It asks nobody and so cannot
     * fail: Kafka would wrap what it throws, and leave the group.
     */
    private ConsumerRebalanceListener assignment(KafkaConsumer<byte[], byte[]> kafka) {
        return new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                seekLater(kafka, partitions);
                caughtUp.reset();
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                unsought.removeAll(partitions);
                for (TopicPartition partition : partitions) {
                    PartitionReader reader = readers.remove(partition);
                    if (reader != null) {
                        reader.revoke();
                    }
                }
                caughtUp.reset();
            }
        };
    }
}

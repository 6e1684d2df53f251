package io.rapport.interaction.inbound;

import io.rapport.interaction.inbound.InboundPositions.Position;
import io.rapport.platform.event.ConsumerConfiguration;
import io.rapport.platform.event.Installation;
import io.rapport.platform.event.Pause;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/**
 * Reads a partner's topic as one member of its group. Nothing is fetched while messages are in
 * hand, so that memory is bounded and the topic is what waits. While the surroundings fail, the
 * same messages are tried again without limit, and the member stays in its group.
 */
final class InboundLoop {

    /** What the loop is doing, as the metric {@code rapport_inbound_state} shows it. */
    enum State {
        RUNNING,
        FAILING,
        TOPIC_REFUSED
    }

    private static final Logger LOG = Logger.getLogger(InboundLoop.class);
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final Partner partner;
    private final int number;
    private final Installation installation;
    private final ConsumerConfiguration consumers;
    private final InboundConfig config;
    private final InboundTopics topics;
    private final InboundPositions positions;
    private final InboundIntake intake;
    private final InboundMetrics metrics;
    private final Clock clock;
    private final Pause pause;
    private final Map<TopicPartition, Long> owned = new HashMap<>();
    // Assigned, but paused: where to go on has to be asked of the database first.
    private final Set<TopicPartition> unsought = new HashSet<>();
    private final Queue<Fetched> inHand = new ArrayDeque<>();
    private int atOnce;
    private long idAtNanos;
    private volatile State state = State.RUNNING;
    private volatile long lag;
    private volatile boolean stopping;

    /** {@code number} tells the readers of one partner in a process apart. */
    InboundLoop(
            Partner partner,
            int number,
            Installation installation,
            ConsumerConfiguration consumers,
            InboundConfig config,
            InboundTopics topics,
            InboundPositions positions,
            InboundIntake intake,
            InboundMetrics metrics,
            Clock clock) {
        this.partner = partner;
        this.number = number;
        this.installation = installation;
        this.consumers = consumers;
        this.config = config;
        this.topics = topics;
        this.positions = positions;
        this.intake = intake;
        this.metrics = metrics;
        this.clock = clock;
        this.pause = new Pause(consumers.firstPause(), consumers.longestPause());
        this.atOnce = consumers.batch();
    }

    State state() {
        return state;
    }

    long lag() {
        return lag;
    }

    void stop() {
        stopping = true;
    }

    void run() {
        while (!stopping) {
            try {
                read(topics.require(partner));
            } catch (InboundTopics.Refused e) {
                state = State.TOPIC_REFUSED;
                pause.sleep();
            } catch (Throwable e) {
                // An Error, too: a thread that is gone would go on showing its last state.
                fail("%s begins again: %s", e);
                pause.sleep();
            }
        }
    }

    private void read(UUID topicId) {
        idAtNanos = System.nanoTime();
        var kafka =
                new KafkaConsumer<>(
                        InboundSettings.of(partner, number, installation, consumers, config),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        try {
            kafka.subscribe(List.of(partner.inbound()), assignment(kafka));
            while (!stopping) {
                requireSameTopic(topicId);
                if (inHand.isEmpty()) {
                    fetch(kafka);
                } else {
                    take(kafka);
                }
                seekUnsought(kafka, topicId);
                lag = lag(kafka);
            }
        } finally {
            owned.clear();
            unsought.clear();
            inHand.clear();
            kafka.close(CloseOptions.timeout(CLOSE));
        }
    }

    private void fetch(KafkaConsumer<byte[], byte[]> kafka) {
        ConsumerRecords<byte[], byte[]> fetched = kafka.poll(consumers.poll());
        for (TopicPartition partition : fetched.partitions()) {
            Long position = owned.get(partition);
            var after = fetched.nextOffsets().get(partition);
            if (position != null && after != null) {
                inHand.add(
                        new Fetched(
                                partition,
                                fetched.records(partition),
                                position,
                                after.offset(),
                                clock.instant()));
            }
        }
        if (fetched.count() < config.fetch()) {
            // What comes meanwhile is taken in together.
            LockSupport.parkNanos(consumers.pace().toNanos());
        }
        if (unsought.isEmpty() && fetched.isEmpty()) {
            succeed();
        }
    }

    private void take(KafkaConsumer<byte[], byte[]> kafka) {
        Fetched next = inHand.element();
        Stretch stretch = next.next(atOnce);
        try {
            intake.take(partner, stretch);
            owned.put(next.partition(), stretch.end());
            if (next.advance(stretch)) {
                inHand.remove();
            }
            succeed();
        } catch (InboundPositions.Moved e) {
            LOG.debug(e.getMessage());
            seekLater(kafka, List.of(next.partition()));
        } catch (RuntimeException e) {
            fail("%s tries again: %s", e);
            // A slow database may manage fewer at a time.
            atOnce = Math.max(1, atOnce / 2);
            pause.sleep();
            stayInGroup(kafka);
        }
    }

    private void succeed() {
        state = State.RUNNING;
        atOnce = consumers.batch();
        pause.reset();
    }

    private void fail(String line, Throwable failure) {
        state = State.FAILING;
        LOG.warnf(line, partner.inbound(), failure.toString());
    }

    private void stayInGroup(KafkaConsumer<byte[], byte[]> kafka) {
        kafka.pause(kafka.assignment());
        kafka.poll(Duration.ZERO);
        kafka.resume(owned.keySet());
    }

    private long lag(KafkaConsumer<byte[], byte[]> kafka) {
        return inHand.stream().mapToLong(Fetched::left).sum()
                + kafka.assignment().stream()
                        .map(kafka::currentLag)
                        .mapToLong(left -> left.orElse(0))
                        .sum();
    }

    /** Asked now and then: for Kafka's client, nothing happens in a topic that is gone. */
    private void requireSameTopic(UUID topicId) {
        if (System.nanoTime() - idAtNanos > consumers.session().toNanos()) {
            if (topics.changed(partner, topicId)) {
                throw new IllegalStateException("the topic is gone or was made anew");
            }
            idAtNanos = System.nanoTime();
        }
    }

    /** Notes partitions to seek; until that is done, nothing is read from them. */
    private void seekLater(
            KafkaConsumer<byte[], byte[]> kafka, Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            forget(partition);
            unsought.add(partition);
            kafka.pause(List.of(partition));
            // A partition without a position would be looked for among Kafka's own offsets.
            kafka.seek(partition, 0);
        }
    }

    private void forget(TopicPartition partition) {
        owned.remove(partition);
        inHand.removeIf(fetched -> fetched.partition().equals(partition));
    }

    private void seekUnsought(KafkaConsumer<byte[], byte[]> kafka, UUID topicId) {
        try {
            for (TopicPartition partition : List.copyOf(unsought)) {
                long position = position(kafka, partition, topicId);
                kafka.seek(partition, position);
                owned.put(partition, position);
                unsought.remove(partition);
                kafka.resume(List.of(partition));
            }
        } catch (RuntimeException e) {
            fail("%s does not know where to go on yet: %s", e);
            pause.sleep();
        }
    }

    /**
     * Where to go on: at the kept position, or, where the topic does not have that any more, at its
     * beginning. Recording again what is recorded changes nothing, so no operator is waited for.
     */
    private long position(
            KafkaConsumer<byte[], byte[]> kafka, TopicPartition partition, UUID topicId) {
        long first = kafka.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
        long end = kafka.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        Position kept = positions.find(partner, partition.partition(), topicId, first);
        boolean same = kept.topicId().equals(topicId);
        if (same && kept.nextOffset() >= first && kept.nextOffset() <= end) {
            return kept.nextOffset();
        }
        if (same && kept.nextOffset() < first) {
            metrics.missed(partner, first - kept.nextOffset());
        }
        positions.restart(partner, partition.partition(), kept, topicId, first, end);
        LOG.errorf(
                "inbound-restarted: %s goes on at %d, its beginning: the kept position %d is not in it",
                partition, first, kept.nextOffset());
        return first;
    }

    /** It asks nobody and so cannot fail: Kafka would wrap what it throws, and leave the group. */
    private ConsumerRebalanceListener assignment(KafkaConsumer<byte[], byte[]> kafka) {
        return new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                seekLater(kafka, partitions);
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                unsought.removeAll(partitions);
                partitions.forEach(InboundLoop.this::forget);
            }
        };
    }
}

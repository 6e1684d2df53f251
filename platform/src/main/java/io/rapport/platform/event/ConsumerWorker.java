package io.rapport.platform.event;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Applies what a {@link ConsumerLoop} has fetched, on a thread of its own, so that the loop can go
 * on polling. Failures of the surroundings are tried again until they pass or the partition goes to
 * another member.
 */
final class ConsumerWorker implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ConsumerWorker.class);
    private static final Duration CLOSE = Duration.ofSeconds(5);
    private static final long DUE_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

    private final EventConsumer consumer;
    private final Map<String, Topic> topics;
    private final EventInbox inbox;
    private final GapCloser gapCloser;
    private final ConsumerConfiguration config;
    private final ParkedShare parkedShare;
    private final ExecutorService thread;
    private volatile boolean stopping;
    private @Nullable Future<List<TopicPartition>> work;
    private List<TopicPartition> lost = List.of();
    private volatile long dueAtNanos = System.nanoTime();

    ConsumerWorker(
            EventConsumer consumer,
            Map<String, Topic> topics,
            EventInbox inbox,
            GapCloser gapCloser,
            ConsumerConfiguration config) {
        this.consumer = consumer;
        this.topics = topics;
        this.inbox = inbox;
        this.gapCloser = gapCloser;
        this.config = config;
        this.parkedShare = new ParkedShare(config.parkedWindow(), config.maxParkedShare());
        this.thread =
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name("apply-" + consumer.name()).factory());
    }

    /** Applies the records, and then, at most once a second, events kept aside that are due. */
    void begin(
            ConsumerRecords<byte[], byte[]> records, Map<TopicPartition, PartitionReader> readers) {
        Map<TopicPartition, PartitionReader> owned = new HashMap<>(readers);
        lost = List.of();
        work = thread.submit(() -> apply(records, owned));
    }

    /** Waits for the work in hand, at most {@code longest}; throws what stopped it. */
    boolean done(Duration longest) {
        if (work == null) {
            return true;
        }
        try {
            lost = work.get(longest.toMillis(), TimeUnit.MILLISECONDS);
            work = null;
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            work = null;
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }

    /** Partitions whose position another owner has moved; they must be sought anew. */
    List<TopicPartition> lost() {
        return lost;
    }

    /** Whether it is time to look for events kept aside whose gap has closed. */
    boolean due() {
        return System.nanoTime() - dueAtNanos >= 0;
    }

    void stop() {
        stopping = true;
    }

    /** Lets the transaction in hand end, for some time. */
    @Override
    public void close() {
        stop();
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warnf("%s did not end its transaction in time", consumer.name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<TopicPartition> apply(
            ConsumerRecords<byte[], byte[]> records, Map<TopicPartition, PartitionReader> owned) {
        RecordsInHand inHand = new RecordsInHand(records, owned);
        Pause pause = new Pause(config.firstPause(), config.longestPause());
        int chunk = config.batch();
        List<Slice> next = inHand.next(chunk);
        while (!stopping && !next.isEmpty()) {
            try {
                inbox.apply(consumer, next, parkedShare);
                inHand.applied(next);
                pause.reset();
            } catch (ConsumerPositions.Lost e) {
                inHand.lose(e.partitions());
            } catch (ConsumerStopped e) {
                throw e;
            } catch (RuntimeException e) {
                LOG.warnf("%s tries again: %s", consumer.name(), e.toString());
                // A slow database may manage fewer at a time.
                chunk = Math.max(1, chunk / 2);
                pause.sleep();
            }
            next = inHand.next(chunk);
        }
        applyDue();
        return inHand.taken();
    }

    private void applyDue() {
        if (!due()) {
            return;
        }
        long pause = DUE_EVERY_NANOS;
        try {
            if (gapCloser.applyDue(consumer, topics, () -> stopping)) {
                pause = 0;
            }
        } catch (RuntimeException e) {
            LOG.warnf("%s leaves events aside for now: %s", consumer.name(), e.toString());
        }
        dueAtNanos = System.nanoTime() + pause;
    }
}

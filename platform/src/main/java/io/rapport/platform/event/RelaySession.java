package io.rapport.platform.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jdbi.v3.core.Jdbi;

/**
 * One tenure of the lease with its transactional producer. Opening it fences whoever sent before,
 * at the broker. For one thread.
 */
final class RelaySession implements AutoCloseable {

    private final Jdbi jdbi;
    private final RelayConfig config;
    private final RelayLease lease;
    private final long epoch;
    private final String source;
    private final KafkaProducer<byte[], byte[]> producer;
    private long renewedAtNanos;

    RelaySession(
            Jdbi jdbi,
            Installation installation,
            RelayConfig config,
            RelayLease lease,
            long epoch) {
        this.jdbi = jdbi;
        this.config = config;
        this.lease = lease;
        this.epoch = epoch;
        this.source = installation.log().source();
        // Opening may take as long as a call to the broker: the first renewal asks the database.
        this.renewedAtNanos = System.nanoTime() - config.lease().toNanos();
        this.producer =
                new KafkaProducer<>(
                        installation.kafka(settings(installation, config)),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        try {
            producer.initTransactions();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static Map<String, Object> settings(Installation installation, RelayConfig config) {
        int timeoutMillis = Math.toIntExact(config.brokerTimeout().toMillis());
        return Map.ofEntries(
                Map.entry(ProducerConfig.CLIENT_ID_CONFIG, installation.named("relay")),
                Map.entry(ProducerConfig.TRANSACTIONAL_ID_CONFIG, installation.named("")),
                Map.entry(ProducerConfig.ACKS_CONFIG, "all"),
                Map.entry(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4"),
                Map.entry(ProducerConfig.LINGER_MS_CONFIG, 0),
                Map.entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeoutMillis),
                Map.entry(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, timeoutMillis / 2),
                Map.entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeoutMillis),
                // Readers wait behind an open transaction: what a killed relay left open ends by
                // itself soon.
                Map.entry(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, timeoutMillis));
    }

    /** Keeps the lease while nothing is sent; fails when it was lost. */
    void renew() {
        if (System.nanoTime() - renewedAtNanos < config.lease().toNanos() / 3) {
            return;
        }
        OptionalLong held = lease.acquire();
        renewedAtNanos = System.nanoTime();
        if (held.isEmpty() || held.getAsLong() != epoch) {
            throw new KafkaException("the lease was lost; its holder goes on");
        }
    }

    /** Sends the oldest batch in one Kafka transaction, then removes it; answers its size. */
    int sendOldest() {
        RelayBatch batch = RelayBatch.oldest(jdbi, source, config);
        if (batch.rows().isEmpty()) {
            return 0;
        }
        List<RecordMetadata> written = send(batch);
        if (!batch.remove(jdbi, lease.holder(), epoch, config.lease(), written)) {
            throw new KafkaException(
                    "the lease was lost while a batch was being sent, or the log was made anew;"
                            + " the holder of the lease finds out and sends it again");
        }
        renewedAtNanos = System.nanoTime();
        return batch.rows().size();
    }

    private List<RecordMetadata> send(RelayBatch batch) {
        producer.beginTransaction();
        List<Future<RecordMetadata>> pending = new ArrayList<>(batch.rows().size());
        for (RelayBatch.Row row : batch.rows()) {
            copies(row.message()).forEach(message -> pending.add(producer.send(message)));
        }
        producer.commitTransaction();
        List<RecordMetadata> written = new ArrayList<>(pending.size());
        for (Future<RecordMetadata> record : pending) {
            written.add(committed(record));
        }
        return written;
    }

    /**
     * A tombstone goes to every partition: what it removes may lie where the customer's key led to
     * before partitions were added, and compaction does not see beyond a partition.
     */
    private Stream<ProducerRecord<byte[], byte[]>> copies(ProducerRecord<byte[], byte[]> sent) {
        return sent.value() != null
                ? Stream.of(sent)
                : producer.partitionsFor(sent.topic()).stream()
                        .map(partition -> copy(sent, partition.partition()));
    }

    private static ProducerRecord<byte[], byte[]> copy(
            ProducerRecord<byte[], byte[]> sent, int partition) {
        return new ProducerRecord<>(sent.topic(), partition, sent.key(), null, sent.headers());
    }

    private static RecordMetadata committed(Future<RecordMetadata> record) {
        try {
            return record.get();
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "a committed transaction holds a record that failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted after the commit", e);
        }
    }

    /**
     * What was sent but not committed is aborted by the next session's start, or by the broker's
     * time-out.
     */
    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}

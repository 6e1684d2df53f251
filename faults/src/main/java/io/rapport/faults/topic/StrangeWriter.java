package io.rapport.faults.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rapport.faults.topic.Contents.Stranger;
import io.rapport.local.stack.CannotGoOn;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes into the topics what only the suite should write, and remembers where it lies.
 * Thread-safe.
 */
public final class StrangeWriter {
    private static final int PATIENCE_MILLIS = 20_000;

    private final String bootstrapServers;
    private final Map<Logged.Place, Stranger> written = new ConcurrentHashMap<>();

    public StrangeWriter(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /** A record that is to be written into a partition of its own choice. */
    public record Draft(
            String topic,
            int partition,
            @Nullable String key,
            Map<String, String> headers,
            @Nullable String value) {
        /** The same again as it lies there. */
        public static Draft copyOf(Logged record) {
            return new Draft(
                    record.place().topic(),
                    record.place().partition(),
                    record.key(),
                    record.headers(),
                    record.value());
        }
    }

    /** Ready to write; the caller closes it. */
    public Pen open() {
        return new Pen(
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                                ProducerConfig.ACKS_CONFIG, "all",
                                ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS,
                                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS / 2,
                                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS),
                        new ByteArraySerializer(),
                        new ByteArraySerializer()));
    }

    /** Writes one record after the other. */
    public final class Pen implements AutoCloseable {
        private final KafkaProducer<byte[], byte[]> producer;

        private Pen(KafkaProducer<byte[], byte[]> producer) {
            this.producer = producer;
        }

        /** Answers where the record lies, when the broker has it. */
        public Logged.Place write(Draft draft, Stranger kind) {
            try {
                RecordMetadata at = producer.send(record(draft)).get();
                Logged.Place place = new Logged.Place(at.topic(), at.partition(), at.offset());
                written.put(place, kind);
                return place;
            } catch (ExecutionException | KafkaException e) {
                throw CannotGoOn.because("Cannot write into " + draft.topic(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CannotGoOn("Interrupted.", e);
            }
        }

        /** Whether the broker takes no such record, whoever writes it. */
        public boolean isRefused(Draft draft) {
            try {
                producer.send(record(draft)).get();
                return false;
            } catch (ExecutionException e) {
                return e.getCause() instanceof InvalidRecordException;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CannotGoOn("Interrupted.", e);
            }
        }

        @Override
        public void close() {
            producer.close();
        }
    }

    /** Where its records lie, and what they are. */
    public Map<Logged.Place, Stranger> written() {
        return Map.copyOf(written);
    }

    private static ProducerRecord<byte[], byte[]> record(Draft draft) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(
                        draft.topic(), draft.partition(), bytes(draft.key()), bytes(draft.value()));
        draft.headers().forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
        return record;
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(UTF_8);
    }
}

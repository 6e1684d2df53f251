package io.rapport.interaction.inbound;

import io.rapport.interaction.inbound.Rejections.Waiting;
import io.rapport.platform.event.EventType;
import io.rapport.platform.event.Installation;
import io.rapport.platform.event.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jboss.logging.Logger;

/**
 * Tells a partner what waits. Opening it fences whoever told before, at the broker; then {@link
 * #settle} finds what lies in the topic already, although nobody could note it, so that nothing is
 * told twice. For one thread.
 */
final class RejectionSession implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(RejectionSession.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int BATCH = 500;
    private static final String ID = "ce_id";
    private static final String TYPE = Rejected.class.getAnnotation(EventType.class).value();

    private final Partner partner;
    private final Rejections rejections;
    private final Installation installation;
    private final Duration timeout;
    private final KafkaProducer<byte[], byte[]> producer;

    /** {@code timeout}: how long one call to the broker may take. */
    RejectionSession(
            Partner partner, Rejections rejections, Installation installation, Duration timeout) {
        this.partner = partner;
        this.rejections = rejections;
        this.installation = installation;
        this.timeout = timeout;
        int millis = Math.toIntExact(timeout.toMillis());
        String name = installation.named("rejections-" + partner.name());
        this.producer =
                new KafkaProducer<>(
                        installation.kafka(
                                Map.of(
                                        ProducerConfig.CLIENT_ID_CONFIG, name,
                                        ProducerConfig.TRANSACTIONAL_ID_CONFIG, name,
                                        ProducerConfig.ACKS_CONFIG, "all",
                                        ProducerConfig.BUFFER_MEMORY_CONFIG, 4 << 20,
                                        ProducerConfig.MAX_BLOCK_MS_CONFIG, millis,
                                        ProducerConfig.LINGER_MS_CONFIG, 0,
                                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis / 2,
                                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis,
                                        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, millis)),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        try {
            producer.initTransactions();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Reads the topic from where this database knows it to its end. */
    void settle() {
        Map<String, Object> settings =
                installation.kafka(
                        Map.of(
                                ConsumerConfig.CLIENT_ID_CONFIG,
                                installation.named("rejections-" + partner.name()),
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed",
                                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                                "none",
                                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                                false,
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                false,
                                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                                Math.toIntExact(timeout.toMillis())));
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        try (var reader =
                new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Map<TopicPartition, Long> ends = seek(reader);
            long deadline = System.nanoTime() + timeout.toNanos();
            while (ends.entrySet().stream()
                    .anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
                List<UUID> ids = new ArrayList<>();
                reader.poll(POLL).forEach(told -> id(told, ids));
                Map<Integer, Long> reached = new HashMap<>();
                ends.keySet().forEach(at -> reached.put(at.partition(), reader.position(at)));
                rejections.told(partner, ids, reached);
                if (!ids.isEmpty()) {
                    deadline = System.nanoTime() + timeout.toNanos();
                } else if (System.nanoTime() - deadline > 0) {
                    throw new TimeoutException(partner.rejected() + " cannot be read to its end");
                }
            }
        }
    }

    /** Goes to what is known of each partition, and answers where they end now. */
    private Map<TopicPartition, Long> seek(KafkaConsumer<byte[], byte[]> reader) {
        List<TopicPartition> partitions =
                reader.partitionsFor(partner.rejected()).stream()
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
        Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
        Map<Integer, Long> known = rejections.known(partner);
        reader.assign(partitions);
        reader.beginningOffsets(partitions)
                .forEach(
                        (at, first) -> {
                            long from = Math.max(first, known.getOrDefault(at.partition(), first));
                            // Beyond the end: the topic was made anew.
                            reader.seek(at, from > ends.getOrDefault(at, 0L) ? first : from);
                        });
        return ends;
    }

    private static void id(ConsumerRecord<byte[], byte[]> told, List<UUID> ids) {
        Header id = told.headers().lastHeader(ID);
        try {
            if (id != null) {
                ids.add(UUID.fromString(new String(id.value(), StandardCharsets.UTF_8)));
            }
        } catch (IllegalArgumentException e) {
            // Not of ours, whoever could write it: it must not keep the partner from being told.
            LOG.warnf("%s holds a record of somebody else", told.topic());
        }
    }

    /** Tells what has waited longest, in one transaction of Kafka; answers how many that were. */
    int tellOldest() {
        List<Waiting> oldest = rejections.oldest(partner, BATCH);
        if (oldest.isEmpty()) {
            return 0;
        }
        producer.beginTransaction();
        List<Future<RecordMetadata>> sent =
                oldest.stream().map(one -> producer.send(message(one))).toList();
        producer.commitTransaction();
        Map<Integer, Long> reached = new HashMap<>();
        for (Future<RecordMetadata> one : sent) {
            RecordMetadata written = committed(one);
            reached.merge(written.partition(), written.offset() + 1, Math::max);
        }
        rejections.told(partner, oldest.stream().map(Waiting::id).toList(), reached);
        return oldest.size();
    }

    /** Keyed by the partition of what was refused, so that its rejections keep their order. */
    private ProducerRecord<byte[], byte[]> message(Waiting rejection) {
        ProducerRecord<byte[], byte[]> message =
                new ProducerRecord<>(
                        partner.rejected(),
                        null,
                        utf8(partner.inbound() + "-" + rejection.partition()),
                        utf8(rejection.payload()));
        Map.of(
                        "ce_specversion",
                        "1.0",
                        ID,
                        rejection.id().toString(),
                        "ce_source",
                        Topic.INTERACTIONS.source(),
                        "ce_type",
                        TYPE,
                        "ce_time",
                        rejection.rejectedAt().toString(),
                        "content-type",
                        "application/json")
                .forEach((name, value) -> message.headers().add(name, utf8(value)));
        return message;
    }

    private static RecordMetadata committed(Future<RecordMetadata> record) {
        try {
            return record.get();
        } catch (ExecutionException e) {
            throw new KafkaException("a committed transaction holds a failed record", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted after the commit", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What was sent but not committed is aborted by the next session, or by the broker. */
    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}

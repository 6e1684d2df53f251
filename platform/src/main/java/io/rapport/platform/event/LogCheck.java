package io.rapport.platform.event;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.generic.GenericType;

/**
 * Reads this service's own log from the offsets that its database knows of to the end. A number
 * there above the database's counter proves that the database is older than the log.
 */
@ApplicationScoped
class LogCheck {

    private static final int CUSTOMERS_AT_ONCE = 5_000;
    private static final Duration POLL = Duration.ofMillis(100);

    private static final String BEYOND =
            """
            SELECT seen.customer_id
            FROM unnest(:customers, :sequences) AS seen (customer_id, sequence)
            LEFT JOIN customer_sequence AS known ON known.customer_id = seen.customer_id
            WHERE known.last IS NULL OR known.last < seen.sequence
            LIMIT 1""";

    private final Jdbi jdbi;
    private final Installation installation;
    private final RelayConfig config;

    LogCheck(Jdbi jdbi, Installation installation, RelayConfig config) {
        this.jdbi = jdbi;
        this.installation = installation;
        this.config = config;
    }

    void requireDatabaseAsNewAsLog() {
        String topic = installation.topic(installation.log());
        Map<String, Object> settings =
                installation.kafka(
                        Map.of(
                                ConsumerConfig.CLIENT_ID_CONFIG,
                                installation.named("log-check"),
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed",
                                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                                false,
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                false,
                                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                                Math.toIntExact(config.brokerTimeout().toMillis())));
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        try (var reader =
                new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    reader.partitionsFor(topic).stream()
                            .map(info -> new TopicPartition(topic, info.partition()))
                            .toList();
            reader.assign(partitions);
            Map<Integer, Long> known = knownOffsets(topic);
            reader.beginningOffsets(partitions)
                    .forEach(
                            (at, first) ->
                                    reader.seek(at, known.getOrDefault(at.partition(), first)));
            readToEnd(reader, reader.endOffsets(partitions));
        }
    }

    private Map<Integer, Long> knownOffsets(String topic) {
        return jdbi.withHandle(
                handle ->
                        handle.select(
                                        "SELECT partition, next_offset FROM relay_offset WHERE topic = ?",
                                        topic)
                                .setMapKeyColumn("partition")
                                .setMapValueColumn("next_offset")
                                .collectInto(new GenericType<Map<Integer, Long>>() {}));
    }

    private void readToEnd(KafkaConsumer<byte[], byte[]> reader, Map<TopicPartition, Long> ends) {
        Map<UUID, Long> highest = new HashMap<>();
        long deadline = System.nanoTime() + config.brokerTimeout().toNanos();
        while (ends.entrySet().stream()
                .anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
            var records = reader.poll(POLL);
            if (!records.isEmpty()) {
                deadline = System.nanoTime() + config.brokerTimeout().toNanos();
            } else if (System.nanoTime() > deadline) {
                throw new TimeoutException("the log cannot be read to its end");
            }
            for (ConsumerRecord<byte[], byte[]> record : records) {
                RecordReader.numbered(record)
                        .ifPresent(n -> highest.merge(n.customer(), n.sequence(), Math::max));
            }
            if (highest.size() >= CUSTOMERS_AT_ONCE) {
                requireKnown(highest);
                highest.clear();
            }
        }
        requireKnown(highest);
    }

    private void requireKnown(Map<UUID, Long> highest) {
        List<UUID> customers = new ArrayList<>(highest.keySet());
        Optional<UUID> beyond =
                jdbi.withHandle(
                        handle ->
                                handle.createQuery(BEYOND)
                                        .bindArray("customers", UUID.class, customers)
                                        .bindArray(
                                                "sequences",
                                                Long.class,
                                                customers.stream().map(highest::get).toList())
                                        .mapTo(UUID.class)
                                        .findFirst());
        if (beyond.isPresent()) {
            throw new DatabaseOlderThanLog(
                    "database-older-than-log: the log numbers events of customer "
                            + beyond.get()
                            + " that this database does not know. Nothing is sent until that is settled.");
        }
    }
}

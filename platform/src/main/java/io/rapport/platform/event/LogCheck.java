package io.rapport.platform.event;

import io.rapport.platform.Columns;
import io.rapport.platform.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.generic.GenericType;

/**
 * Checks that the topics that this service writes are as they must be and as long as its database
 * knows, and that its log is the same topic. Then reads the log from the offsets that the database
 * knows of to the end. What lies there was sent, so each of its events either has gone from the
 * outbox, which moved the offset, or still waits there under the same id. Any other proves that the
 * database is older than the log, also when it has given the same numbers again meanwhile.
 */
@ApplicationScoped
class LogCheck {

    private static final Logger LOG = Logger.getLogger(LogCheck.class);
    private static final Duration POLL = Duration.ofMillis(100);

    private static final String UNKNOWN =
            """
            SELECT seen.customer_id
            FROM unnest(:customers, :sequences, :ids) AS seen (customer_id, sequence, id)
            LEFT JOIN customer_sequence AS known USING (customer_id)
            LEFT JOIN LATERAL (
                SELECT min(o.sequence) - 1 AS last FROM outbox AS o
                WHERE o.customer_id = seen.customer_id) AS sent ON true
            WHERE (known.last IS NULL OR seen.sequence > coalesce(sent.last, known.last))
              AND NOT EXISTS (SELECT FROM outbox AS o
                              WHERE o.customer_id = seen.customer_id AND o.sequence = seen.sequence
                                AND o.id = seen.id)
            LIMIT 1""";

    private static final String LOG_ID =
            "UPDATE relay_lease SET log_id = coalesce(log_id, ?) RETURNING log_id";

    // What is no event of this service was not written by it, and proves nothing.
    private final RecordReader recordReader = new RecordReader(Integer.MAX_VALUE);
    private final Jdbi jdbi;
    private final Installation installation;
    private final RelayConfig config;
    private final TopicCheck topicCheck;

    LogCheck(Jdbi jdbi, Installation installation, RelayConfig config, TopicCheck topicCheck) {
        this.jdbi = jdbi;
        this.installation = installation;
        this.config = config;
        this.topicCheck = topicCheck;
    }

    /** Calls {@code meanwhile} again and again, since asking and reading may take long. */
    void requireMatch(Runnable meanwhile) {
        String topic = installation.topic(installation.log());
        Map<String, UUID> ids = topicCheck.require(Topic.writtenBy(installation.service()));
        meanwhile.run();
        requireSameTopic(topic, Objects.requireNonNull(ids.get(topic)));
        int timeoutMillis = Math.toIntExact(config.brokerTimeout().toMillis());
        Map<String, Object> settings =
                installation.kafka(
                        Map.ofEntries(
                                Map.entry(
                                        ConsumerConfig.CLIENT_ID_CONFIG,
                                        installation.named("log-check")),
                                Map.entry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"),
                                Map.entry(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false),
                                Map.entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false),
                                Map.entry(
                                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                                        timeoutMillis)));
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        try (var reader =
                new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            for (String name : ids.keySet()) {
                requireAsLong(knownOffsets(name), ends(reader, name));
                meanwhile.run();
            }
            Map<Integer, Long> known = knownOffsets(topic);
            Map<TopicPartition, Long> ends = ends(reader, topic);
            reader.assign(ends.keySet());
            reader.beginningOffsets(ends.keySet())
                    .forEach(
                            (at, first) ->
                                    reader.seek(at, known.getOrDefault(at.partition(), first)));
            readToEnd(reader, ends, meanwhile);
        }
    }

    private void requireSameTopic(String topic, UUID found) {
        UUID written =
                jdbi.withHandle(handle -> handle.select(LOG_ID, found).mapTo(UUID.class).one());
        if (!found.equals(written)) {
            throw new LogMismatch(
                    Relay.State.LOG_OLDER_THAN_DATABASE,
                    "log-older-than-database: "
                            + topic
                            + " was made anew and lacks the events that were sent before.");
        }
    }

    private static Map<TopicPartition, Long> ends(
            KafkaConsumer<byte[], byte[]> reader, String topic) {
        return reader.endOffsets(
                reader.partitionsFor(topic).stream()
                        .map(info -> new TopicPartition(topic, info.partition()))
                        .toList());
    }

    private static void requireAsLong(Map<Integer, Long> known, Map<TopicPartition, Long> ends) {
        ends.forEach(
                (at, end) -> {
                    long written = known.getOrDefault(at.partition(), 0L);
                    if (written > end) {
                        throw new LogMismatch(
                                Relay.State.LOG_OLDER_THAN_DATABASE,
                                "log-older-than-database: %s ends at %d and was written up to %d."
                                        .formatted(at, end, written));
                    }
                });
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

    private void readToEnd(
            KafkaConsumer<byte[], byte[]> reader,
            Map<TopicPartition, Long> ends,
            Runnable meanwhile) {
        long deadline = System.nanoTime() + config.brokerTimeout().toNanos();
        while (ends.entrySet().stream()
                .anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
            meanwhile.run();
            var records = reader.poll(POLL);
            if (!records.isEmpty()) {
                requireKnown(events(records));
                deadline = System.nanoTime() + config.brokerTimeout().toNanos();
            } else if (System.nanoTime() > deadline) {
                throw new TimeoutException("the log cannot be read to its end");
            }
        }
    }

    private List<ReceivedEvent> events(ConsumerRecords<byte[], byte[]> records) {
        List<ReceivedEvent> events = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                events.add(recordReader.read(installation.log(), record));
            } catch (Refusal e) {
                LOG.debugf("No event of this service: %s", e.getMessage());
            }
        }
        return events;
    }

    private void requireKnown(List<ReceivedEvent> sent) {
        Columns<ReceivedEvent> columns =
                Columns.of(sent)
                        .add("customers", UUID.class, ReceivedEvent::customer)
                        .add("sequences", Long.class, ReceivedEvent::sequence)
                        .add("ids", UUID.class, ReceivedEvent::id);
        Optional<UUID> unknown =
                jdbi.withHandle(
                        handle ->
                                columns.bindTo(handle.createQuery(UNKNOWN))
                                        .mapTo(UUID.class)
                                        .findFirst());
        if (unknown.isPresent()) {
            throw new LogMismatch(
                    Relay.State.DATABASE_OLDER_THAN_LOG,
                    "database-older-than-log: the log holds events of customer "
                            + unknown.get()
                            + " that this database does not know.");
        }
    }
}

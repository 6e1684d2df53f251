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
 * knows, and that its log is the same topic. Then reads them from the offsets that the database
 * knows of to the end. What lies there was sent, so each of its events either has gone from the
 * outbox, which moved the offset, or still waits there under the same id. Any other proves that the
 * database is older than the log, also when it has given the same numbers again meanwhile: it is
 * noted as lost, and nothing is sent until that is accepted.
 */
@ApplicationScoped
class LogCheck {

    private record Seen(ConsumerRecord<byte[], byte[]> record, ReceivedEvent event) {}

    private static final Logger LOG = Logger.getLogger(LogCheck.class);
    private static final Duration POLL = Duration.ofMillis(100);

    // Beyond the offset that this database knows, what it sent itself still waits under the same
    // id. A partition without such an offset may hold what was sent long ago: there the number
    // tells, or of a snapshot whether its customer has lost events. A snapshot of a customer who
    // was erased may have been removed while it was being sent, and is no loss. IN, since what
    // waits is to be looked up by customer, and what is lost read once, however few records the
    // plan expects.
    private static final String NOTE =
            """
            INSERT INTO lost_event (topic, partition, "offset", customer_id, sequence, version, id, type, time)
            SELECT :topic, seen.partition, seen."offset", seen.customer_id,
                   CASE WHEN NOT :compacted THEN seen.number END, CASE WHEN :compacted THEN seen.number END,
                   seen.id, seen.type, seen.time
            FROM unnest(:partitions, :offsets, :customers, :numbers, :ids, :types, CAST(:times AS timestamptz[]))
                AS seen (partition, "offset", customer_id, number, id, type, time)
            LEFT JOIN relay_offset AS sent ON sent.topic = :topic AND sent.partition = seen.partition
            WHERE seen."offset" >= coalesce(sent.next_offset, 0)
              AND seen.id NOT IN (SELECT o.id FROM outbox AS o WHERE o.customer_id = seen.customer_id)
              AND CASE WHEN :compacted
                  THEN (sent.next_offset IS NOT NULL
                        OR seen.customer_id IN (SELECT l.customer_id FROM lost_event AS l))
                       AND NOT EXISTS (SELECT FROM customer_sequence AS s
                                       WHERE s.customer_id = seen.customer_id AND s.erased)
                  ELSE seen.number > coalesce(
                      (SELECT min(o.sequence) - 1 FROM outbox AS o WHERE o.customer_id = seen.customer_id),
                      (SELECT last FROM customer_sequence AS s WHERE s.customer_id = seen.customer_id), 0) END
            ON CONFLICT DO NOTHING""";

    private static final String OPEN =
            "SELECT customer_id FROM lost_event WHERE accepted_at IS NULL LIMIT 1";

    // What is listed as lost has been read, and is not read again.
    private static final String KNOWN =
            """
            SELECT read.partition, greatest(sent.next_offset, lost.next_offset) AS next_offset
            FROM unnest(:partitions) AS read (partition)
            LEFT JOIN relay_offset AS sent ON sent.topic = :topic AND sent.partition = read.partition
            LEFT JOIN LATERAL (
                SELECT max("offset") + 1 AS next_offset FROM lost_event AS l
                WHERE l.topic = :topic AND l.partition = read.partition AND l.accepted_at IS NULL) AS lost ON true
            WHERE coalesce(sent.next_offset, lost.next_offset) IS NOT NULL""";

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
        String log = installation.topic(installation.log());
        List<Topic> written = Topic.writtenBy(installation.service());
        Map<String, UUID> ids = topicCheck.require(written);
        meanwhile.run();
        requireSameTopic(log, Objects.requireNonNull(ids.get(log)));
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
            for (Topic topic : written) {
                Map<TopicPartition, Long> ends = ends(reader, installation.topic(topic));
                requireAsLong(knownOffsets(topic, ends), ends);
                meanwhile.run();
            }
            for (Topic topic : written) {
                readToEnd(reader, topic, meanwhile);
            }
        }
        requireNothingLost();
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

    private Map<Integer, Long> knownOffsets(Topic topic, Map<TopicPartition, Long> ends) {
        List<Integer> partitions = ends.keySet().stream().map(TopicPartition::partition).toList();
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(KNOWN)
                                .bind("topic", installation.topic(topic))
                                .bindArray("partitions", Integer.class, partitions)
                                .setMapKeyColumn("partition")
                                .setMapValueColumn("next_offset")
                                .collectInto(new GenericType<Map<Integer, Long>>() {}));
    }

    private void readToEnd(KafkaConsumer<byte[], byte[]> reader, Topic topic, Runnable meanwhile) {
        Map<TopicPartition, Long> ends = ends(reader, installation.topic(topic));
        Map<Integer, Long> known = knownOffsets(topic, ends);
        reader.assign(ends.keySet());
        reader.beginningOffsets(ends.keySet())
                .forEach((at, first) -> reader.seek(at, known.getOrDefault(at.partition(), first)));
        long deadline = System.nanoTime() + config.brokerTimeout().toNanos();
        while (ends.entrySet().stream()
                .anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
            meanwhile.run();
            var records = reader.poll(POLL);
            if (!records.isEmpty()) {
                noteLost(topic, events(topic, records));
                deadline = System.nanoTime() + config.brokerTimeout().toNanos();
            } else if (System.nanoTime() > deadline) {
                throw new TimeoutException("the log cannot be read to its end");
            }
        }
    }

    private List<Seen> events(Topic topic, ConsumerRecords<byte[], byte[]> records) {
        List<Seen> events = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                events.add(new Seen(record, recordReader.read(topic, record)));
            } catch (Refusal e) {
                LOG.debugf("No event of this service: %s", e.getMessage());
            }
        }
        return events;
    }

    private void noteLost(Topic topic, List<Seen> seen) {
        Columns<Seen> columns =
                Columns.of(seen)
                        .add("partitions", Integer.class, it -> it.record().partition())
                        .add("offsets", Long.class, it -> it.record().offset())
                        .add("customers", UUID.class, it -> it.event().customer())
                        .add("numbers", Long.class, it -> it.event().sequence())
                        .add("ids", UUID.class, it -> it.event().id())
                        .add("types", String.class, it -> it.event().type())
                        .add("times", String.class, it -> it.event().time().toString());
        jdbi.useHandle(
                handle ->
                        columns.bindTo(handle.createUpdate(NOTE))
                                .bind("topic", installation.topic(topic))
                                .bind("compacted", topic.compacted())
                                .execute());
    }

    private void requireNothingLost() {
        Optional<UUID> customer =
                jdbi.withHandle(handle -> handle.createQuery(OPEN).mapTo(UUID.class).findFirst());
        if (customer.isPresent()) {
            throw new LogMismatch(
                    Relay.State.DATABASE_OLDER_THAN_LOG,
                    "database-older-than-log: the log holds events of customer "
                            + customer.get()
                            + " that this database does not know.");
        }
    }
}

package io.rapport.platform.testing;

import io.rapport.platform.event.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The topics of the {@link Suite} as a stranger sees them: a plain Kafka client that shares no code
 * with the service under test. A topic is named in full or by {@link Topic}. Close it after use.
 */
public final class Topics implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Suite suite;
    private final KafkaProducer<String, String> producer;

    /** A record as it lies in its topic; the time is the broker's. Headers and key as text. */
    public record Message(
            @Nullable String key,
            Map<String, String> headers,
            @Nullable String value,
            int partition,
            long offset,
            Instant time) {

        /** A header that must be there. */
        public String header(String name) {
            String header = headers.get(name);
            if (header == null) {
                throw new AssertionError("No header " + name + " in " + headers);
            }
            return header;
        }
    }

    private Topics(Suite suite) {
        this.suite = suite;
        this.producer =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers", suite.bootstrapServers(),
                                "acks", "all",
                                "max.block.ms", LIMIT.toMillis()),
                        new StringSerializer(),
                        new StringSerializer());
    }

    public static Topics ofSuite() {
        return new Topics(Suite.current());
    }

    public String name(Topic topic) {
        return topic.nameIn(suite.prefix());
    }

    /** Writes one record and waits until the broker has it; a null value is a tombstone. */
    public Message produce(
            String topic,
            @Nullable String key,
            Map<String, String> headers,
            @Nullable String value) {
        ProducerRecord<String, String> sent = new ProducerRecord<>(topic, key, value);
        headers.forEach(
                (name, text) -> sent.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        try {
            var metadata = producer.send(sent).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            return new Message(
                    key,
                    headers,
                    value,
                    metadata.partition(),
                    metadata.offset(),
                    Instant.ofEpochMilli(metadata.timestamp()));
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The broker did not take a record for " + topic, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while writing to " + topic, e);
        }
    }

    /**
     * All that is committed now, in the order of each partition, partition after partition. A
     * commit is acknowledged before its markers are written, so this waits for those of all that
     * was sent.
     */
    public List<Message> readAll(Topic topic) {
        return readAll(name(topic));
    }

    public List<Message> readAll(String topic) {
        try (KafkaConsumer<String, String> consumer = consumer("read_committed");
                KafkaConsumer<String, String> all = consumer("read_uncommitted")) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(info -> new TopicPartition(topic, info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return readTo(consumer, all.endOffsets(partitions));
        }
    }

    /**
     * The records of one customer, which have an order as long as they lie in one partition: unless
     * partitions were added, and but for tombstones, which lie in each.
     */
    public List<Message> readAll(Topic topic, Object customer) {
        String key = customer.toString();
        return readAll(topic).stream().filter(message -> key.equals(message.key())).toList();
    }

    @Override
    public void close() {
        producer.close(LIMIT);
    }

    private KafkaConsumer<String, String> consumer(String isolation) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        suite.bootstrapServers(),
                        "isolation.level",
                        isolation,
                        "auto.offset.reset",
                        "none",
                        "enable.auto.commit",
                        "false",
                        // The broker holds back an answer without records for half a second else.
                        "fetch.max.wait.ms",
                        20,
                        "default.api.timeout.ms",
                        (int) LIMIT.toMillis()),
                new StringDeserializer(),
                new StringDeserializer());
    }

    private static List<Message> readTo(
            KafkaConsumer<String, String> consumer, Map<TopicPartition, Long> ends) {
        long begin = System.nanoTime();
        List<Message> messages = new ArrayList<>();
        while (ends.entrySet().stream()
                .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<String, String> found : consumer.poll(Duration.ofMillis(100))) {
                TopicPartition partition = new TopicPartition(found.topic(), found.partition());
                if (found.offset() < ends.getOrDefault(partition, 0L)) {
                    messages.add(message(found));
                }
            }
            if (System.nanoTime() - begin > LIMIT.toNanos()) {
                throw new IllegalStateException("could not be read to " + ends);
            }
        }
        messages.sort(Comparator.comparing(Message::partition).thenComparing(Message::offset));
        return messages;
    }

    private static Message message(ConsumerRecord<String, String> found) {
        Map<String, String> headers = new TreeMap<>();
        for (Header header : found.headers()) {
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        return new Message(
                found.key(),
                headers,
                found.value(),
                found.partition(),
                found.offset(),
                Instant.ofEpochMilli(found.timestamp()));
    }
}

package io.rapport.system;

import static org.awaitility.Awaitility.await;

import io.rapport.local.stack.Stack;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What lies in the topics of a stack, by a client of its own. */
final class Records {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private Records() {}

    /** All that is committed in a topic. */
    static List<ConsumerRecord<byte[], byte[]>> of(Stack stack, String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                stack.ports().bootstrapServers(),
                                "isolation.level",
                                "read_committed",
                                "auto.offset.reset",
                                "none",
                                "enable.auto.commit",
                                "false"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(info -> new TopicPartition(topic, info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            await().atMost(LIMIT)
                    .pollInSameThread()
                    .until(
                            () -> {
                                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                                return ends.entrySet().stream()
                                        .allMatch(
                                                end ->
                                                        consumer.position(end.getKey())
                                                                >= end.getValue());
                            });
            return records;
        }
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

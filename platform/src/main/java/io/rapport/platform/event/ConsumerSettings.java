package io.rapport.platform.event;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;

/** How a consumer's client talks to the broker. */
final class ConsumerSettings {

    private static final int GATHERED_BYTES = 256 << 10;

    private ConsumerSettings() {}

    static Map<String, Object> of(
            EventConsumer consumer, Installation installation, ConsumerConfiguration config) {
        int sessionMillis = Math.toIntExact(config.session().toMillis());
        int pollMillis = Math.toIntExact(config.poll().toMillis());
        String name = installation.named(consumer.name());
        return installation.kafka(
                Map.ofEntries(
                        Map.entry(ConsumerConfig.GROUP_ID_CONFIG, name),
                        Map.entry(ConsumerConfig.CLIENT_ID_CONFIG, name),
                        Map.entry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"),
                        Map.entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none"),
                        Map.entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false),
                        Map.entry(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false),
                        Map.entry(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, config.fetch()),
                        Map.entry(
                                ConsumerConfig.FETCH_MIN_BYTES_CONFIG,
                                consumer.patient() ? GATHERED_BYTES : 1),
                        Map.entry(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, pollMillis),
                        // What lies in memory at once, for each consumer.
                        Map.entry(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 << 20),
                        Map.entry(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 512 << 10),
                        Map.entry(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, sessionMillis),
                        Map.entry(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, sessionMillis / 4),
                        // Partitions that were added are found after this time.
                        Map.entry(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 3 * sessionMillis),
                        Map.entry(
                                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                                CooperativeStickyAssignor.class.getName())));
    }
}

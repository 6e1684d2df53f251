package io.rapport.interaction.inbound;

import io.rapport.platform.event.ConsumerConfiguration;
import io.rapport.platform.event.Installation;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;

/** How a reader's client talks to the broker. */
final class InboundSettings {

    private static final int PARTITION_BYTES = 1 << 20;

    private InboundSettings() {}

    static Map<String, Object> of(
            Partner partner,
            int number,
            Installation installation,
            ConsumerConfiguration consumers,
            InboundConfig config) {
        int sessionMillis = Math.toIntExact(consumers.session().toMillis());
        String name = installation.named("inbound-" + partner.name());
        return installation.kafka(
                Map.ofEntries(
                        Map.entry(ConsumerConfig.GROUP_ID_CONFIG, name),
                        Map.entry(ConsumerConfig.CLIENT_ID_CONFIG, name + "-" + number),
                        Map.entry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"),
                        Map.entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none"),
                        Map.entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false),
                        Map.entry(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false),
                        Map.entry(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, config.fetch()),
                        Map.entry(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, config.fetchBytes()),
                        Map.entry(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_BYTES),
                        Map.entry(
                                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                                Math.toIntExact(consumers.poll().toMillis())),
                        Map.entry(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, sessionMillis),
                        Map.entry(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, sessionMillis / 4),
                        // Partitions that were added are found after this time.
                        Map.entry(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 3 * sessionMillis),
                        Map.entry(
                                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                                CooperativeStickyAssignor.class.getName())));
    }
}

package io.rapport.local.stack;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * The suite's topics as a deployment makes them up front: logs that are kept for good, and
 * compacted ones in which a tombstone takes effect within a day. Topics that exist are left alone.
 */
final class KafkaTopics {
    /** What was replaced or erased goes within this time. */
    static final Duration COMPACTION_LAG = Duration.ofDays(1);

    static final int PARTITIONS = 12;

    /** The one partner that hands in by a topic; its source is called the same. */
    static final String PARTNER = "shop";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Map<String, String> LOG =
            Map.of(
                    "cleanup.policy", "delete",
                    "retention.ms", "-1",
                    "retention.bytes", "-1",
                    "message.timestamp.type", "LogAppendTime");
    private static final Map<String, String> COMPACTED =
            Map.of(
                    "cleanup.policy", "compact",
                    "max.compaction.lag.ms", Long.toString(COMPACTION_LAG.toMillis()),
                    "message.timestamp.type", "LogAppendTime");

    // What partners hand in may be personal, and is forgotten after seven days.
    private static final Map<String, String> REJECTED =
            Map.of(
                    "cleanup.policy", "delete",
                    "retention.ms", "604800000",
                    "message.timestamp.type", "LogAppendTime");
    private static final Map<String, String> INBOUND =
            Map.of(
                    "cleanup.policy", "delete",
                    "retention.ms", "604800000",
                    "message.timestamp.type", "LogAppendTime",
                    "max.message.bytes", "1048588",
                    "compression.type", "uncompressed");

    private KafkaTopics() {}

    static void create(String bootstrapServers) {
        Map<String, Object> settings =
                Map.of(
                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        (int) PATIENCE.toMillis());
        try (Admin admin = Admin.create(settings)) {
            Set<String> present =
                    admin.listTopics().names().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            List<NewTopic> missing =
                    List.of(
                                    topic("customers", LOG),
                                    topic("interactions", LOG),
                                    topic("loyalty", LOG),
                                    topic("feedback", LOG),
                                    topic("profiles", COMPACTED),
                                    topic("inbound." + PARTNER, INBOUND),
                                    topic("rejected." + PARTNER, REJECTED))
                            .stream()
                            .filter(topic -> !present.contains(topic.name()))
                            .toList();
            admin.createTopics(missing).all().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw CannotGoOn.because("Cannot make the topics", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotGoOn("Interrupted while the topics were made.", e);
        }
    }

    private static NewTopic topic(String word, Map<String, String> settings) {
        return new NewTopic(
                        "rapport." + word + ".v1", Optional.of(PARTITIONS), Optional.<Short>empty())
                .configs(settings);
    }
}

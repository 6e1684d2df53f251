package io.rapport.interaction.inbound;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.rapport.platform.testing.Suite;
import io.rapport.platform.testing.Topics;
import io.rapport.platform.testing.Topics.Message;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** The two topics of a partner as the partner and an operator see them. Close it after use. */
final class PartnerTopics implements AutoCloseable {

    /**
     * The partner "acme" tells of the source "shop"; "late" has no topics until a test makes them.
     */
    public static final class Partners implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "rapport.inbound.partners.acme.sources", "shop,acme-app",
                    "rapport.inbound.partners.late.sources", "late",
                    "rapport.inbound.max-rejections", "200",
                    "rapport.consumer.longest-pause", "PT0.5S");
        }
    }

    static final Duration SOON = Duration.ofSeconds(30);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PARTITIONS = 3;

    private final Topics topics = Topics.ofSuite();
    private final Admin admin =
            Admin.create(Map.of("bootstrap.servers", Suite.current().bootstrapServers()));
    private final String inbound;
    private final String rejected;

    private PartnerTopics(String partner) {
        this.inbound = Suite.current().prefix() + ".inbound." + partner + ".v1";
        this.rejected = Suite.current().prefix() + ".rejected." + partner + ".v1";
    }

    /** With topics as a deployment makes them. */
    static PartnerTopics of(String partner) {
        PartnerTopics topics = new PartnerTopics(partner);
        topics.make(Map.of());
        return topics;
    }

    /** Without topics. */
    static PartnerTopics withoutTopics(String partner) {
        return new PartnerTopics(partner);
    }

    String inbound() {
        return inbound;
    }

    /**
     * Makes those that are missing, with other settings for the inbound one where some are given.
     */
    void make(Map<String, String> others) {
        Map<String, String> settings = new HashMap<>();
        settings.put("cleanup.policy", "delete");
        settings.put("retention.ms", "604800000");
        settings.put("message.timestamp.type", "LogAppendTime");
        make(rejected, settings);
        settings.put("max.message.bytes", "1048588");
        settings.put("compression.type", "uncompressed");
        settings.putAll(others);
        make(inbound, settings);
    }

    private void make(String topic, Map<String, String> settings) {
        try {
            answer(
                    admin.createTopics(
                                    List.of(
                                            new NewTopic(
                                                            topic,
                                                            Optional.of(PARTITIONS),
                                                            Optional.<Short>empty())
                                                    .configs(settings)))
                            .all());
        } catch (IllegalStateException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    void set(String setting, String value) {
        answer(
                admin.incrementalAlterConfigs(
                                Map.of(
                                        new ConfigResource(ConfigResource.Type.TOPIC, inbound),
                                        List.of(
                                                new AlterConfigOp(
                                                        new ConfigEntry(setting, value),
                                                        AlterConfigOp.OpType.SET))))
                        .all());
    }

    /** Takes all away that lies in a partition of the inbound topic now. */
    void truncate(int partition) {
        answer(
                admin.deleteRecords(
                                Map.of(
                                        new TopicPartition(inbound, partition),
                                        RecordsToDelete.beforeOffset(-1)))
                        .all());
    }

    /** A further reader of the service's group, which takes partitions and nothing in. */
    KafkaConsumer<byte[], byte[]> joinsTheGroup() {
        KafkaConsumer<byte[], byte[]> other =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                Suite.current().bootstrapServers(),
                                "group.id",
                                Suite.current().prefix() + "-interaction-service-inbound-acme",
                                "partition.assignment.strategy",
                                CooperativeStickyAssignor.class.getName(),
                                "auto.offset.reset",
                                "latest",
                                "enable.auto.commit",
                                false),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        other.subscribe(List.of(inbound));
        await().atMost(SOON)
                .until(
                        () -> {
                            other.poll(Duration.ofMillis(100));
                            return !other.assignment().isEmpty();
                        });
        return other;
    }

    void delete() {
        answer(admin.deleteTopics(List.of(inbound)).all());
    }

    private static void answer(KafkaFuture<?> pending) {
        try {
            pending.get(SOON.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The broker refuses", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Hands an interaction in, keyed by its customer. */
    Message send(Map<String, @Nullable Object> interaction) {
        return send(String.valueOf(interaction.get("customer")), json(interaction));
    }

    Message send(@Nullable String key, @Nullable String value) {
        return topics.produce(inbound, key, Map.of(), value);
    }

    /** Writes a rejection as the service does. */
    Message told(String id, String payload) {
        return topics.produce(rejected, inbound + "-0", Map.of("ce_id", id), payload);
    }

    /** What was told of a message, each time that it was. */
    List<Message> rejectionsOf(Message message) {
        return topics.readAll(rejected).stream()
                .filter(
                        rejection -> {
                            JsonNode place = read(String.valueOf(rejection.value()));
                            return place.path("topic").asText().equals(inbound)
                                    && place.path("partition").asInt() == message.partition()
                                    && place.path("offset").asLong() == message.offset();
                        })
                .toList();
    }

    /** Where all that was refused lay in the inbound topic, as often as it was told. */
    List<String> rejectedPlaces() {
        return topics.readAll(rejected).stream()
                .map(rejection -> read(String.valueOf(rejection.value())))
                .map(place -> place.path("partition").asInt() + "-" + place.path("offset").asLong())
                .toList();
    }

    static String place(Message message) {
        return message.partition() + "-" + message.offset();
    }

    Message awaitRejection(Message message) {
        await().pollInterval(Duration.ofMillis(100))
                .atMost(SOON)
                .until(() -> !rejectionsOf(message).isEmpty());
        return rejectionsOf(message).getFirst();
    }

    /** What was wrong with the message, once that is told. */
    JsonNode awaitProblem(Message message) {
        return read(String.valueOf(awaitRejection(message).value())).path("problem");
    }

    /** All that was ever told. */
    String allRejections() {
        return topics.readAll(rejected).toString();
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        topics.close();
        admin.close(Duration.ofSeconds(5));
    }
}

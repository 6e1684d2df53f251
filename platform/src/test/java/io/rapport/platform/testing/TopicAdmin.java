package io.rapport.platform.testing;

import static org.awaitility.Awaitility.await;

import io.rapport.platform.event.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What an operator does to the topics of the {@link Suite}. Each call returns once the broker shows
 * what was done. Close it after use.
 */
public final class TopicAdmin implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Suite suite = Suite.current();
    private final Admin admin = Admin.create(Map.of("bootstrap.servers", suite.bootstrapServers()));

    private TopicAdmin() {}

    public static TopicAdmin ofSuite() {
        return new TopicAdmin();
    }

    /** Makes the topic as a deployment does. */
    public void create(Topic topic, int partitions) {
        done(admin.createTopics(List.of(suite.newTopic(topic, partitions))).all());
        await().atMost(LIMIT).until(() -> partitions(topic) == partitions);
    }

    public void delete(Topic topic) {
        done(admin.deleteTopics(List.of(name(topic))).all());
        await().atMost(LIMIT).until(() -> partitions(topic) == 0);
    }

    /** How many partitions the topic has; none when it does not exist. */
    public int partitions(Topic topic) {
        return answer(admin.describeTopics(List.of(name(topic))).allTopicNames())
                .map(found -> found.values().iterator().next().partitions().size())
                .orElse(0);
    }

    /** Adds partitions until there are so many. */
    public void addPartitions(Topic topic, int total) {
        done(admin.createPartitions(Map.of(name(topic), NewPartitions.increaseTo(total))).all());
        await().atMost(LIMIT).until(() -> partitions(topic) == total);
    }

    /** Takes all records away that the topic holds now. */
    public void truncate(Topic topic) {
        done(
                admin.deleteRecords(
                                IntStream.range(0, partitions(topic))
                                        .mapToObj(number -> new TopicPartition(name(topic), number))
                                        .collect(
                                                Collectors.toMap(
                                                        partition -> partition,
                                                        any -> RecordsToDelete.beforeOffset(-1))))
                        .all());
    }

    public void set(Topic topic, String setting, String value) {
        ConfigResource resource = resource(topic);
        AlterConfigOp change =
                new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET);
        done(admin.incrementalAlterConfigs(Map.of(resource, List.of(change))).all());
        await().atMost(LIMIT).until(() -> setting(topic, setting).equals(value));
    }

    /** Leaves everybody the right to use the topic, but not to see its settings. */
    public void hideSettings(Topic topic) {
        done(
                admin.createAcls(
                                Stream.of(
                                                AclOperation.DESCRIBE,
                                                AclOperation.READ,
                                                AclOperation.WRITE)
                                        .map(right -> allow(topic, right))
                                        .toList())
                        .all());
        await().atMost(LIMIT).until(() -> setting(topic, "retention.ms").isEmpty());
    }

    public void showSettings(Topic topic) {
        var pattern = pattern(topic).toFilter();
        done(
                admin.deleteAcls(
                                List.of(
                                        new AclBindingFilter(
                                                pattern, AccessControlEntryFilter.ANY)))
                        .all());
        await().atMost(LIMIT).until(() -> !setting(topic, "retention.ms").isEmpty());
    }

    @Override
    public void close() {
        admin.close(LIMIT);
    }

    private String setting(Topic topic, String setting) {
        return answer(admin.describeConfigs(List.of(resource(topic))).all())
                .map(found -> found.values().iterator().next().get(setting).value())
                .orElse("");
    }

    private AclBinding allow(Topic topic, AclOperation right) {
        return new AclBinding(
                pattern(topic),
                new AccessControlEntry("User:*", "*", right, AclPermissionType.ALLOW));
    }

    private ResourcePattern pattern(Topic topic) {
        return new ResourcePattern(ResourceType.TOPIC, name(topic), PatternType.LITERAL);
    }

    private ConfigResource resource(Topic topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, name(topic));
    }

    private String name(Topic topic) {
        return topic.nameIn(suite.prefix());
    }

    private static void done(KafkaFuture<?> pending) {
        if (answer(pending.thenApply(any -> true)).isEmpty()) {
            throw new IllegalStateException("The broker does not have that, or refuses it");
        }
    }

    /** Empty when the broker does not have, or does not show, what was asked for. */
    private static <T> Optional<T> answer(KafkaFuture<T> pending) {
        try {
            return Optional.of(pending.get(LIMIT.toSeconds(), TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException
                    || e.getCause() instanceof TopicAuthorizationException) {
                return Optional.empty();
            }
            throw new IllegalStateException("The broker refuses", e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("The broker does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the broker was asked", e);
        }
    }
}

package io.rapport.platform.event;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks the broker for the ids of topics: a topic made anew under an old name has another. */
@ApplicationScoped
public class TopicIds {

    private final Installation installation;
    private final RelayConfig config;

    TopicIds(Installation installation, RelayConfig config) {
        this.installation = installation;
        this.config = config;
    }

    /** The ids of those topics that exist. */
    public Map<String, UUID> of(Collection<String> topics) {
        try (Admin admin = admin()) {
            return ids(describe(admin, topics));
        }
    }

    /** A client each of whose calls ends within the broker's time-out; the caller closes it. */
    public Admin admin() {
        int timeoutMillis = Math.toIntExact(config.brokerTimeout().toMillis());
        return Admin.create(
                installation.kafka(
                        Map.of(
                                AdminClientConfig.CLIENT_ID_CONFIG,
                                installation.named("topics"),
                                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                                timeoutMillis,
                                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                                timeoutMillis / 2)));
    }

    /** Those of the topics that exist. */
    public static Map<String, TopicDescription> describe(Admin admin, Collection<String> topics) {
        Map<String, TopicDescription> found = new HashMap<>();
        for (var topic : admin.describeTopics(topics).topicNameValues().entrySet()) {
            try {
                found.put(topic.getKey(), answer(topic.getValue()));
            } catch (UnknownTopicOrPartitionException e) {
                // It is left out of the answer.
            }
        }
        return found;
    }

    public static Map<String, UUID> ids(Map<String, TopicDescription> topics) {
        Map<String, UUID> ids = new HashMap<>();
        for (TopicDescription topic : topics.values()) {
            Uuid id = topic.topicId();
            ids.put(
                    topic.name(),
                    new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits()));
        }
        return ids;
    }

    /** What the broker answers, or its refusal as it is. */
    public static <T> T answer(KafkaFuture<T> pending) {
        try {
            return pending.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof KafkaException refusal ? refusal : e;
        }
    }
}

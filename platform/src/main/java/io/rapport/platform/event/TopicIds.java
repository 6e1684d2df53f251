package io.rapport.platform.event;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks the broker for the ids of topics: a topic made anew under an old name has another. */
@ApplicationScoped
class TopicIds {

    private final Installation installation;
    private final RelayConfig config;

    TopicIds(Installation installation, RelayConfig config) {
        this.installation = installation;
        this.config = config;
    }

    /** The ids of those topics that exist. */
    Map<String, UUID> of(Collection<String> topics) {
        int timeoutMillis = Math.toIntExact(config.brokerTimeout().toMillis());
        try (Admin admin =
                Admin.create(
                        installation.kafka(
                                Map.of(
                                        AdminClientConfig.CLIENT_ID_CONFIG,
                                        installation.named("topics"),
                                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                                        timeoutMillis,
                                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                                        timeoutMillis / 2)))) {
            Map<String, UUID> ids = new HashMap<>();
            for (var topic : admin.describeTopics(topics).topicNameValues().entrySet()) {
                try {
                    TopicDescription description = topic.getValue().get();
                    ids.put(
                            topic.getKey(),
                            new UUID(
                                    description.topicId().getMostSignificantBits(),
                                    description.topicId().getLeastSignificantBits()));
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                        throw new KafkaException(
                                "the broker does not describe " + topic.getKey(), e.getCause());
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new KafkaException("interrupted", e);
                }
            }
            return ids;
        }
    }
}

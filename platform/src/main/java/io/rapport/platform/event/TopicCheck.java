package io.rapport.platform.event;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Checks that topics are there, have partitions enough, and have the settings with which no event
 * is lost and nothing erased stays. What is wrong is told in a line each, with what to do, and told
 * again only when it changes. Settings that the broker does not show to this service are taken to
 * be right, with a warning. Thread-safe.
 */
@ApplicationScoped
class TopicCheck {

    /** The topics are not to be used as they are; the same check passes once they are mended. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refused(List<String> reasons) {
            super(String.join("\n", reasons), null, false, false);
        }
    }

    private static final Logger LOG = Logger.getLogger(TopicCheck.class);

    /** How long a value that was replaced or erased may lie in a compacted topic. */
    private static final Duration LONGEST_COMPACTION_LAG = Duration.ofDays(30);

    private static final String COMPACTION_LAG = "max.compaction.lag.ms";

    private static final Map<String, String> KEPT_FOR_GOOD =
            Map.of(
                    "cleanup.policy", "delete",
                    "retention.ms", "-1",
                    "retention.bytes", "-1",
                    "message.timestamp.type", "LogAppendTime");

    private static final Map<String, String> COMPACTED =
            Map.of(
                    "cleanup.policy",
                    "compact",
                    COMPACTION_LAG,
                    "86400000",
                    "message.timestamp.type",
                    "LogAppendTime");

    private final Installation installation;
    private final TopicIds topicIds;
    private final int minPartitions;
    private final Map<String, List<String>> told = new ConcurrentHashMap<>();
    private final Set<String> hidden = ConcurrentHashMap.newKeySet();

    TopicCheck(
            Installation installation,
            TopicIds topicIds,
            @ConfigProperty(name = "rapport.topics.min-partitions", defaultValue = "1")
                    int minPartitions) {
        this.installation = installation;
        this.topicIds = topicIds;
        this.minPartitions = minPartitions;
    }

    /** The ids of the topics by name; throws {@link Refused} unless all of them are as needed. */
    Map<String, UUID> require(Collection<Topic> topics) {
        List<String> reasons = new ArrayList<>();
        try (Admin admin = topicIds.admin()) {
            var found = TopicIds.describe(admin, topics.stream().map(installation::topic).toList());
            for (Topic topic : topics) {
                String name = installation.topic(topic);
                List<String> wrong = wrong(admin, topic, name, found.get(name));
                if (!wrong.equals(told.put(name, wrong))) {
                    wrong.forEach(reason -> LOG.error("topic-refused: " + reason));
                }
                reasons.addAll(wrong);
            }
            if (!reasons.isEmpty()) {
                throw new Refused(reasons);
            }
            return TopicIds.ids(found);
        }
    }

    /** Whether the broker says that these topics are gone, or are others than had these ids. */
    boolean changed(Map<String, UUID> ids) {
        try {
            return !topicIds.of(ids.keySet()).equals(ids);
        } catch (KafkaException e) {
            return false;
        }
    }

    private List<String> wrong(
            Admin admin, Topic topic, String name, @Nullable TopicDescription described) {
        if (described == null) {
            return List.of(
                    name + " does not exist. Make it, or restore it if there was one before.");
        }
        List<String> wrong = new ArrayList<>();
        int partitions = described.partitions().size();
        if (partitions < minPartitions) {
            wrong.add(
                    "%1$s has %2$d partitions of the %3$d that rapport.topics.min-partitions asks for. Add them as docs/operations/topics.md says: kafka-topics.sh --alter --topic %1$s --partitions %3$d"
                            .formatted(name, partitions, minPartitions));
        }
        Config settings = settings(admin, name);
        if (settings != null) {
            for (var needed : (topic.compacted() ? COMPACTED : KEPT_FOR_GOOD).entrySet()) {
                ConfigEntry entry = settings.get(needed.getKey());
                String set = entry == null ? null : entry.value();
                if (set == null) {
                    takeToBeRight(name, needed.getKey());
                } else if (!fits(needed, set)) {
                    wrong.add(
                            "%1$s has %2$s=%3$s. Change it: kafka-configs.sh --alter --entity-type topics --entity-name %1$s --add-config %4$s"
                                    .formatted(name, needed.getKey(), set, needed));
                }
            }
        }
        return wrong;
    }

    private static boolean fits(Map.Entry<String, String> needed, String set) {
        return needed.getKey().equals(COMPACTION_LAG)
                ? Long.parseLong(set) <= LONGEST_COMPACTION_LAG.toMillis()
                : set.equals(needed.getValue());
    }

    private @Nullable Config settings(Admin admin, String name) {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
        try {
            return TopicIds.answer(admin.describeConfigs(List.of(topic)).all()).get(topic);
        } catch (AuthorizationException e) {
            takeToBeRight(name, "settings");
            return null;
        }
    }

    private void takeToBeRight(String name, String what) {
        if (hidden.add(name + " " + what)) {
            LOG.warnf("%s is taken to be right: the broker does not show its %s", name, what);
        }
    }
}

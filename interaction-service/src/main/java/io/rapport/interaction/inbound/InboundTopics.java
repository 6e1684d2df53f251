package io.rapport.interaction.inbound;

import io.rapport.platform.event.TopicIds;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jboss.logging.Logger;

/**
 * Checks that a partner's two topics are there and forget what they hold after seven days, and that
 * no message of the inbound one is larger in memory than it is allowed to be. What is wrong is told
 * once, until it changes. Thread-safe.
 */
@ApplicationScoped
class InboundTopics {

    /** The topics are not to be used as they are; the same check passes once they are mended. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refused(List<String> reasons) {
            super(String.join("\n", reasons), null, false, false);
        }
    }

    /** {@code most}: a number from 1 up to the value is as good. */
    private record Needed(String setting, String value, boolean most) {
        boolean metBy(String set) {
            return most
                    ? Long.parseLong(set) >= 1 && Long.parseLong(set) <= Long.parseLong(value)
                    : set.equals(value);
        }
    }

    private static final Logger LOG = Logger.getLogger(InboundTopics.class);

    private static final List<Needed> OF_BOTH =
            List.of(
                    new Needed("cleanup.policy", "delete", false),
                    new Needed("retention.ms", "604800000", true),
                    new Needed("message.timestamp.type", "LogAppendTime", false));

    // What is stored compressed may be a thousand times as large in our memory.
    private static final List<Needed> OF_INBOUND =
            List.of(
                    new Needed("max.message.bytes", "1048588", true),
                    new Needed("compression.type", "uncompressed", false));

    private final TopicIds topicIds;
    private final Map<String, List<String>> told = new ConcurrentHashMap<>();
    private final Set<String> hidden = ConcurrentHashMap.newKeySet();

    InboundTopics(TopicIds topicIds) {
        this.topicIds = topicIds;
    }

    /** The id of the inbound topic; throws {@link Refused} unless both are as needed. */
    UUID require(Partner partner) {
        try (Admin admin = topicIds.admin()) {
            var found = TopicIds.describe(admin, List.of(partner.inbound(), partner.rejected()));
            List<String> wrong = new ArrayList<>();
            for (String topic : List.of(partner.inbound(), partner.rejected())) {
                if (found.containsKey(topic)) {
                    check(admin, topic, OF_BOTH, wrong);
                } else {
                    wrong.add(topic + " does not exist. Make it.");
                }
            }
            if (found.containsKey(partner.inbound())) {
                check(admin, partner.inbound(), OF_INBOUND, wrong);
            }
            if (!wrong.equals(told.put(partner.name(), wrong))) {
                wrong.forEach(reason -> LOG.error("topic-refused: " + reason));
            }
            if (!wrong.isEmpty()) {
                throw new Refused(wrong);
            }
            return Objects.requireNonNull(TopicIds.ids(found).get(partner.inbound()));
        }
    }

    /** Whether the broker says that the inbound topic is gone, or is another than had this id. */
    boolean changed(Partner partner, UUID id) {
        try {
            return !topicIds.of(List.of(partner.inbound())).containsValue(id);
        } catch (KafkaException e) {
            return false;
        }
    }

    private void check(Admin admin, String topic, List<Needed> all, List<String> wrong) {
        Optional<Config> settings = settings(admin, topic);
        for (Needed needed : all) {
            Optional<String> set =
                    settings.map(known -> known.get(needed.setting())).map(ConfigEntry::value);
            if (set.isEmpty()) {
                if (hidden.add(topic)) {
                    LOG.warnf(
                            "%s is taken to be right: the broker does not show its settings",
                            topic);
                }
            } else if (!needed.metBy(set.get())) {
                wrong.add(
                        "%1$s has %2$s=%3$s. Change it: kafka-configs.sh --alter --entity-type topics --entity-name %1$s --add-config %2$s=%4$s"
                                .formatted(topic, needed.setting(), set.get(), needed.value()));
            }
        }
    }

    private static Optional<Config> settings(Admin admin, String name) {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
        try {
            return Optional.ofNullable(
                    TopicIds.answer(admin.describeConfigs(List.of(topic)).all()).get(topic));
        } catch (AuthorizationException e) {
            return Optional.empty();
        }
    }
}

package io.rapport.platform.event;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Which service this is, in which installation, and how it reaches the broker. */
@ApplicationScoped
public class Installation {

    private final String service;
    private final String prefix;
    private final Map<String, Object> broker;

    Installation(
            @ConfigProperty(name = "rapport.service") String service,
            @ConfigProperty(name = "rapport.topics.prefix", defaultValue = "rapport") String prefix,
            @Identifier("default-kafka-broker") Map<String, Object> broker) {
        this.service = service;
        this.prefix = prefix;
        this.broker = broker;
    }

    String service() {
        return service;
    }

    /** The log that this service writes. */
    Topic log() {
        return Topic.logOf(service);
    }

    /** The topic's name at the broker. */
    public String topic(Topic topic) {
        return topic.nameIn(prefix);
    }

    /**
     * The name by which the broker knows one purpose of this service: a transactional id, a group,
     * a client.
     */
    public String named(String purpose) {
        return prefix + "-" + service + (purpose.isEmpty() ? "" : "-" + purpose);
    }

    /** The configured {@code kafka.*} properties with {@code more} on top. */
    public Map<String, Object> kafka(Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(broker);
        all.putAll(more);
        return all;
    }
}

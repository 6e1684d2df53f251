package io.rapport.interaction.inbound;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.rapport.platform.CustomerReference;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The partners that have topics, as they are configured. */
@ApplicationScoped
class Partners {

    private static final int MOST = 50;
    private static final Predicate<String> NAME =
            Pattern.compile("(?=.{1,32}$)[a-z][a-z0-9]*(-[a-z0-9]+)*").asMatchPredicate();

    private final InboundConfig config;
    private final String prefix;

    Partners(
            InboundConfig config,
            @ConfigProperty(name = "rapport.topics.prefix", defaultValue = "rapport")
                    String prefix) {
        this.config = config;
        this.prefix = prefix;
    }

    /** In the order of their names; refused where a service must not start like this. */
    List<Partner> all() {
        if (config.partners().size() > MOST) {
            throw new ConfigurationException(
                    "rapport.inbound.partners has more than " + MOST + " partners.");
        }
        return config.partners().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(one -> partner(one.getKey(), one.getValue().sources()))
                .toList();
    }

    private Partner partner(String name, Set<String> sources) {
        if (!NAME.test(name)) {
            throw new ConfigurationException(
                    "rapport.inbound.partners: a name has up to 32 characters, words of a-z and 0-9 joined by hyphens.");
        }
        if (sources.isEmpty()
                || sources.contains(CustomerReference.LOGIN)
                || !sources.stream().allMatch(CustomerReference::isSource)) {
            throw new ConfigurationException(
                    "rapport.inbound.partners.%s.sources must list sources, and login is none."
                            .formatted(name));
        }
        return Partner.of(prefix, name, sources);
    }
}

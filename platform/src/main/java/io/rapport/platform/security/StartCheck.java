package io.rapport.platform.security;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Refuses to start where tokens could be made by whoever holds a local key, or could not be checked
 * at all.
 */
@Singleton
final class StartCheck implements FlywayConfigurationCustomizer {

    /** One machine and tests make their own key pair; nothing else may. */
    private static final Set<String> LOCAL = Set.of("local", "test", "dev");

    private final Optional<String> localKey;
    private final Optional<String> provider;

    StartCheck(
            @ConfigProperty(name = "quarkus.oidc.public-key") Optional<String> localKey,
            @ConfigProperty(name = "quarkus.oidc.auth-server-url") Optional<String> provider) {
        this.localKey = localKey;
        this.provider = provider;
    }

    /** Migrations come before all that observes the start, and must not touch anything either. */
    @Override
    public void customize(FluentConfiguration migrations) {
        check();
    }

    void start(@Observes @Priority(1) StartupEvent event) {
        check();
    }

    private void check() {
        complaint(localKey.isPresent(), provider.isPresent(), ConfigUtils.getProfiles())
                .ifPresent(
                        complaint -> {
                            throw new ConfigurationException(complaint);
                        });
    }

    static Optional<String> complaint(boolean localKey, boolean provider, List<String> profiles) {
        if (localKey && Collections.disjoint(profiles, LOCAL)) {
            return Optional.of(
                    "quarkus.oidc.public-key is a local key, which only the profiles local, test and dev may use (profile: "
                            + String.join(",", profiles)
                            + "). Set quarkus.oidc.auth-server-url to your identity provider instead.");
        }
        if (!localKey && !provider) {
            return Optional.of(
                    "Tokens cannot be checked: set quarkus.oidc.auth-server-url to your identity provider.");
        }
        return Optional.empty();
    }
}

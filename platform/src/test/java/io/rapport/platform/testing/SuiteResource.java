package io.rapport.platform.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/**
 * Starts a service under test in a {@link Suite} of its own, with a key pair made in this JVM (see
 * {@link Tokens}) and on free ports. The first JVM of a run takes some seconds more: it starts the
 * shared PostgreSQL and Kafka.
 */
public final class SuiteResource implements QuarkusTestResourceLifecycleManager {

    private static final String ERASED_IDENTITIES_KEY =
            "a key of tests, which keeps nothing secret";

    @Override
    public Map<String, String> start() {
        Suite suite = Suite.create();
        Map<String, String> configuration = new HashMap<>();
        configuration.put("rapport.database.url", suite.jdbcUrl());
        configuration.put("rapport.database.username", suite.application());
        configuration.put("rapport.database.password", Suite.PASSWORD);
        configuration.put("rapport.database.migration-username", suite.owner());
        configuration.put("rapport.database.migration-password", Suite.PASSWORD);
        configuration.put("quarkus.flyway.placeholders.application", suite.application());
        configuration.put("rapport.kafka.bootstrap-servers", suite.bootstrapServers());
        configuration.put("rapport.topics.prefix", suite.prefix());
        configuration.put("rapport.erased-identities.key", ERASED_IDENTITIES_KEY);
        configuration.put("quarkus.oidc.public-key", TestKeys.publicKey());
        configuration.put("quarkus.oidc.token.issuer", Tokens.ISSUER);
        configuration.put("quarkus.oidc.token.audience", Tokens.AUDIENCE);
        configuration.put("quarkus.http.test-port", "0");
        configuration.put("quarkus.management.test-port", "0");
        configuration.put("quarkus.management.port", "0");
        configuration.put("quarkus.devservices.enabled", "false");
        return configuration;
    }

    /**
     * Database and topics go with the shared stack; removing them while the service ends would only
     * make noise.
     */
    @Override
    public void stop() {}
}

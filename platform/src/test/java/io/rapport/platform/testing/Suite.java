package io.rapport.platform.testing;

import io.rapport.platform.event.Topic;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * The surroundings of one service under test, shared with no other: an empty database with an
 * owner, who migrates, and an application role without DDL, and all topics of the suite under a
 * prefix of its own, empty too.
 */
public record Suite(
        String jdbcUrl, String owner, String application, String bootstrapServers, String prefix) {

    /** Partitions of each topic. */
    public static final int PARTITIONS = 3;

    /**
     * Any password does: the embedded PostgreSQL listens on the loopback interface and trusts it.
     */
    public static final String PASSWORD = "rapport";

    private static final String PROPERTY = "rapport.test.suite.";

    /**
     * Makes a database and topics, about half a second, and lets {@link #current} answer with them.
     */
    public static Suite create() {
        StackAddress stack = SharedStack.address();
        String name = "suite_" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
        Suite suite =
                new Suite(
                        stack.jdbcUrl(name),
                        name + "_owner",
                        name + "_application",
                        stack.bootstrapServers(),
                        name);
        try {
            suite.createDatabase(stack, name);
            suite.createTopics();
        } catch (SQLException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException("No database and topics for the test", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while topics are made", e);
        }
        suite.remember();
        return suite;
    }

    /** The suite that was created last in this JVM, whichever class loader asks. */
    public static Suite current() {
        return new Suite(
                remembered("url"),
                remembered("owner"),
                remembered("application"),
                remembered("kafka"),
                remembered("prefix"));
    }

    private void createDatabase(StackAddress stack, String name) throws SQLException {
        Databases server = new Databases(stack.jdbcUrl("postgres"), "postgres");
        server.execute("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(owner, PASSWORD));
        server.execute("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(application, PASSWORD));
        server.execute("CREATE DATABASE %s OWNER %s".formatted(name, owner));
        Databases database = new Databases(jdbcUrl, owner);
        for (String grant :
                List.of(
                        "SELECT, INSERT, UPDATE, DELETE ON TABLES",
                        "USAGE, SELECT ON SEQUENCES",
                        "EXECUTE ON FUNCTIONS")) {
            database.execute(
                    "ALTER DEFAULT PRIVILEGES GRANT %s TO %s".formatted(grant, application));
        }
    }

    private void createTopics() throws ExecutionException, InterruptedException, TimeoutException {
        List<NewTopic> topics = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            topics.add(newTopic(topic, PARTITIONS));
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(topics).all().get(30, TimeUnit.SECONDS);
        }
    }

    NewTopic newTopic(Topic topic, int partitions) {
        return new NewTopic(topic.nameIn(prefix), Optional.of(partitions), Optional.<Short>empty())
                .configs(settings(topic));
    }

    private static Map<String, String> settings(Topic topic) {
        Map<String, String> settings = new HashMap<>();
        settings.put("message.timestamp.type", "LogAppendTime");
        if (topic.compacted()) {
            settings.put("cleanup.policy", "compact");
            settings.put("max.compaction.lag.ms", "86400000");
        } else {
            settings.put("cleanup.policy", "delete");
            settings.put("retention.ms", "-1");
            settings.put("retention.bytes", "-1");
        }
        return settings;
    }

    private void remember() {
        System.setProperty(PROPERTY + "url", jdbcUrl);
        System.setProperty(PROPERTY + "owner", owner);
        System.setProperty(PROPERTY + "application", application);
        System.setProperty(PROPERTY + "kafka", bootstrapServers);
        System.setProperty(PROPERTY + "prefix", prefix);
    }

    private static String remembered(String key) {
        String value = System.getProperty(PROPERTY + key);
        if (value == null) {
            throw new IllegalStateException(
                    "No suite yet: annotate with @QuarkusTestResource(SuiteResource.class)");
        }
        return value;
    }
}

package io.rapport.platform.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.rapport.platform.Ids;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.LogLines;
import io.rapport.platform.testing.Settings;
import io.rapport.platform.testing.Suite;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.TopicAdmin;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each refusal is mended by doing what it says. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
@TestProfile(OwnTopics.class)
class TopicCheckTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Pattern SET =
            Pattern.compile(
                    "kafka-configs\\.sh --alter --entity-type topics --entity-name (\\S+) --add-config (\\S+?)=(\\S+)$");
    private static final Pattern ADD =
            Pattern.compile("kafka-topics\\.sh --alter --topic (\\S+) --partitions ([0-9]+)$");

    @Inject Installation installation;
    @Inject RelayConfig relayConfig;
    @Inject TopicIds topicIds;
    @Inject TopicCheck topicCheck;
    @Inject StartedLoops loops;
    @Inject Relay relay;
    @Inject Outbox outbox;
    @Inject Clock clock;
    @Inject Jdbi jdbi;

    private final TopicAdmin admin = TopicAdmin.ofSuite();
    private final UUID customer = Ids.next();

    @AfterEach
    void close() throws InterruptedException {
        loops.stop();
        admin.close();
    }

    @ParameterizedTest
    @CsvSource({
        "FEEDBACK, cleanup.policy, compact",
        "FEEDBACK, cleanup.policy, 'compact,delete'",
        "FEEDBACK, retention.ms, 604800000",
        "FEEDBACK, retention.bytes, 1073741824",
        "FEEDBACK, message.timestamp.type, CreateTime",
        "PROFILES, cleanup.policy, delete",
        "PROFILES, cleanup.policy, 'compact,delete'",
        "PROFILES, max.compaction.lag.ms, 9223372036854775807",
        "PROFILES, message.timestamp.type, CreateTime",
    })
    void a_wrong_setting_is_refused_until_the_command_that_it_says_was_given(
            Topic topic, String setting, String wrong) {
        admin.set(topic, setting, wrong);
        String told = refusal(topicCheck, topic);
        assertThat(told).startsWith(installation.topic(topic) + " has " + setting + "=" + wrong);

        MatchResult command = only(SET, told);
        assertThat(command.group(1)).isEqualTo(installation.topic(topic));
        admin.set(topic, command.group(2), command.group(3));
        assertThat(topicCheck.require(List.of(topic))).containsOnlyKeys(installation.topic(topic));
    }

    @Test
    void too_few_partitions_are_refused_until_so_many_are_there() {
        int more = admin.partitions(Topic.INTERACTIONS) + 1;
        TopicCheck demanding = new TopicCheck(installation, topicIds, more);
        MatchResult command = only(ADD, refusal(demanding, Topic.INTERACTIONS));
        assertThat(command.group(1)).isEqualTo(installation.topic(Topic.INTERACTIONS));
        admin.addPartitions(Topic.INTERACTIONS, Integer.parseInt(command.group(2)));

        assertThat(demanding.require(List.of(Topic.INTERACTIONS))).hasSize(1);
    }

    @Test
    void all_that_is_wrong_is_told_a_line_each_and_not_again_until_it_changes() {
        admin.set(Topic.LOYALTY, "retention.ms", "1000000000");
        admin.set(Topic.LOYALTY, "message.timestamp.type", "CreateTime");
        try (LogLines said = LogLines.of(TopicCheck.class)) {
            refusal(topicCheck, Topic.LOYALTY);
            refusal(topicCheck, Topic.LOYALTY);
            assertThat(said.lines())
                    .hasSize(2)
                    .allMatch(line -> line.startsWith("topic-refused: "));

            admin.set(Topic.LOYALTY, "message.timestamp.type", "LogAppendTime");
            refusal(topicCheck, Topic.LOYALTY);
            assertThat(said.lines())
                    .hasSize(3)
                    .last()
                    .asString()
                    .contains("retention.ms=1000000000");
        } finally {
            admin.set(Topic.LOYALTY, "message.timestamp.type", "LogAppendTime");
            admin.set(Topic.LOYALTY, "retention.ms", "-1");
        }
        topicCheck.require(List.of(Topic.LOYALTY));
    }

    @Test
    void settings_that_the_broker_does_not_show_are_taken_to_be_right() {
        admin.set(Topic.LOYALTY, "retention.ms", "1000000000");
        admin.hideSettings(Topic.LOYALTY);
        try {
            assertThat(topicCheck.require(List.of(Topic.LOYALTY))).hasSize(1);
        } finally {
            admin.showSettings(Topic.LOYALTY);
            refusal(topicCheck, Topic.LOYALTY);
            admin.set(Topic.LOYALTY, "retention.ms", "-1");
        }
        topicCheck.require(List.of(Topic.LOYALTY));
    }

    @Test
    void a_broker_that_does_not_answer_has_refused_and_changed_nothing() {
        Installation astray =
                new Installation(
                        installation.service(),
                        Suite.current().prefix(),
                        Map.of("bootstrap.servers", "localhost:1"));
        TopicCheck unanswered = new TopicCheck(astray, new TopicIds(astray, impatient()), 1);

        assertThatThrownBy(() -> unanswered.require(List.of(Topic.FEEDBACK)))
                .isInstanceOf(KafkaException.class);
        assertThat(unanswered.changed(Map.of(installation.topic(Topic.FEEDBACK), customer)))
                .isFalse();
    }

    @Test
    void a_consumer_whose_topic_is_missing_begins_once_it_is_made() {
        admin.delete(Topic.FEEDBACK);
        List<UUID> received = new CopyOnWriteArrayList<>();
        ConsumerLoop loop =
                loops.start(
                        new Probe("probe-" + customer, event -> received.add(event.customer())));
        await().atMost(SOON).until(() -> loop.state() == ConsumerLoop.State.TOPIC_REFUSED);
        assertThat(refusal(topicCheck, Topic.FEEDBACK))
                .isEqualTo(
                        installation.topic(Topic.FEEDBACK)
                                + " does not exist. Make it, or restore it if there was one before.");

        admin.create(Topic.FEEDBACK, Suite.PARTITIONS);
        try (Events events = Events.ofSuite()) {
            events.send(Topic.FEEDBACK, customer, 1, "test.any.v1", "{}");
        }
        await().atMost(SOON).until(() -> received.contains(customer));
        await().atMost(SOON).until(() -> loop.state() == ConsumerLoop.State.RUNNING);
    }

    @Test
    void a_relay_with_a_wrong_topic_sends_nothing_until_it_is_mended() {
        await().atMost(SOON).until(() -> relay.state() == Relay.State.SENDING);
        admin.set(Topic.PROFILES, "cleanup.policy", "delete");
        jdbi.useHandle(handle -> handle.execute("UPDATE relay_lease SET epoch = epoch + 1"));
        await().atMost(SOON).until(() -> relay.state() == Relay.State.TOPIC_REFUSED);

        QuarkusTransaction.requiringNew()
                .run(() -> outbox.publish(new TestEvent.Counted(customer, clock.instant(), 1)));
        await().during(relayConfig.pause().multipliedBy(2))
                .atMost(SOON)
                .until(() -> pending() == 1);
        admin.set(Topic.PROFILES, "cleanup.policy", "compact");
        await().atMost(SOON).until(() -> pending() == 0);
        assertThat(relay.state()).isEqualTo(Relay.State.SENDING);
    }

    private static String refusal(TopicCheck check, Topic topic) {
        List<String> told = new ArrayList<>();
        assertThatThrownBy(() -> check.require(List.of(topic)))
                .isInstanceOfSatisfying(
                        TopicCheck.Refused.class, e -> told.add(String.valueOf(e.getMessage())));
        return told.getFirst();
    }

    private static MatchResult only(Pattern command, String told) {
        List<MatchResult> found = command.matcher(told).results().toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private RelayConfig impatient() {
        return Settings.with(
                RelayConfig.class, relayConfig, Map.of("brokerTimeout", Duration.ofSeconds(1)));
    }

    private long pending() {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery("SELECT count(*) FROM outbox WHERE customer_id = :c")
                                .bind("c", customer)
                                .mapTo(Long.class)
                                .one());
    }
}

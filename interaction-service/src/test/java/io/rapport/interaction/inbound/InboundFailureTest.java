package io.rapport.interaction.inbound;

import static io.rapport.interaction.InteractionsApi.list;
import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.newId;
import static io.rapport.interaction.InteractionsApi.purchase;
import static io.rapport.interaction.InteractionsApi.register;
import static io.rapport.interaction.InteractionsApi.with;
import static io.rapport.interaction.inbound.InboundTest.awaitRecorded;
import static io.rapport.interaction.inbound.InboundTest.events;
import static io.rapport.interaction.inbound.PartnerTopics.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.Ids;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.Holdings;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Topics.Message;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Whatever fails, a message is recorded once or refused once, and no failure of ours refuses it.
 */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
@TestProfile(PartnerTopics.Partners.class)
class InboundFailureTest {

    @Inject MeterRegistry metrics;

    private final PartnerTopics acme = PartnerTopics.of("acme");

    @AfterEach
    void close() {
        acme.close();
    }

    /**
     * As a consumer finds it that was killed before its position was kept, or a restored database.
     */
    @Test
    void what_is_read_again_is_neither_recorded_nor_refused_again() throws SQLException {
        Customer customer = newCustomer();
        acme.send(purchase(customer));
        Message refused = acme.send(with(purchase(customer), "type", "?"));
        acme.awaitRejection(refused);
        awaitRecorded(customer, 1);

        Databases.asOwner()
                .execute("UPDATE inbound_position SET next_offset = 0 WHERE partner = 'acme'");
        acme.send(purchase(customer));
        awaitRecorded(customer, 2);

        await().atMost(SOON).until(() -> count("repeated") > 0);
        assertThat(events(customer)).hasSize(2);
        assertThat(acme.rejectionsOf(refused)).hasSize(1);
        assertThat(position(refused)).isGreaterThan(refused.offset());
    }

    @Test
    void readers_that_join_and_leave_lose_nothing_and_double_nothing() {
        Customer customer = newCustomer();
        List<Message> refused = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            try (KafkaConsumer<byte[], byte[]> other = acme.joinsTheGroup()) {
                assertThat(other.assignment()).isNotEmpty();
                for (int i = 0; i < 10; i++) {
                    acme.send(purchase(customer));
                }
                refused.add(acme.send(with(purchase(customer), "type", "?")));
            }
        }

        awaitRecorded(customer, 40);
        refused.forEach(acme::awaitRejection);
        assertThat(events(customer)).hasSize(40);
        assertThat(refused).allSatisfy(one -> assertThat(acme.rejectionsOf(one)).hasSize(1));
    }

    /** As a process leaves it that is killed between Kafka's commit and the database's. */
    @Test
    void a_rejection_that_was_told_and_not_noted_is_not_told_again() throws SQLException {
        UUID id = UUID.randomUUID();
        String payload =
                "{\"topic\": \"%s\", \"partition\": 0, \"offset\": -7}".formatted(acme.inbound());
        try (Connection connection = Databases.asOwner().connect();
                PreparedStatement insert =
                        connection.prepareStatement(
                                """
                                INSERT INTO inbound_rejection (partner, id, partition, "offset", payload, rejected_at)
                                VALUES ('acme', ?, 0, -7, ?, now())""")) {
            connection.setAutoCommit(false);
            insert.setObject(1, id);
            insert.setString(2, payload);
            insert.execute();
            acme.told(id.toString(), payload);
            connection.commit();
        }

        await().atMost(SOON).until(() -> waiting() == 0);

        assertThat(acme.allRejections().split(id.toString(), -1)).hasSize(2);
    }

    @Test
    void while_more_are_refused_than_may_wait_the_topic_waits_and_each_is_told_once()
            throws SQLException {
        Set<String> refused = new TreeSet<>();
        for (int i = 0; i < 500; i++) {
            refused.add(PartnerTopics.place(acme.send("k" + i, "{}")));
        }

        // A transaction begins while fewer than 200 wait, and has 200 messages at most.
        await().atMost(SOON)
                .until(
                        () -> {
                            assertThat(waiting()).isLessThan(600);
                            return acme.rejectedPlaces().containsAll(refused);
                        });
        assertThat(acme.rejectedPlaces().stream().filter(refused::contains)).hasSize(500);
    }

    @Test
    void while_the_database_does_not_take_it_a_message_waits_and_is_not_refused()
            throws SQLException {
        Customer customer = newCustomer();
        Message sent;
        try (Connection connection = Databases.asOwner().connect();
                Statement lock = connection.createStatement()) {
            connection.setAutoCommit(false);
            lock.execute("LOCK TABLE interaction_claim IN ACCESS EXCLUSIVE MODE");
            sent = acme.send(purchase(customer));
            await().atMost(SOON).until(() -> readers("FAILING") > 0);
            connection.rollback();
        }

        awaitRecorded(customer, 1);
        await().atMost(SOON).until(() -> readers("FAILING") == 0);
        assertThat(acme.rejectionsOf(sent)).isEmpty();
        assertThat(events(customer)).hasSize(1);
    }

    @Test
    void nobody_is_unknown_while_the_directory_is_behind() throws SQLException {
        Customer customer = new Customer(Ids.next(), newId());
        Message sent;
        try (Connection connection = Databases.asOwner().connect();
                Statement lock = connection.createStatement()) {
            connection.setAutoCommit(false);
            lock.execute("SELECT 1 FROM consumer_position WHERE consumer = 'directory' FOR UPDATE");
            sent = acme.send(purchase(customer));
            await().atMost(SOON).until(() -> readers("FAILING") > 0);
            register(customer);
            assertThat(acme.rejectionsOf(sent)).isEmpty();
            connection.rollback();
        }

        awaitRecorded(customer, 1);
        assertThat(acme.rejectionsOf(sent)).isEmpty();
    }

    @Test
    void what_went_out_of_the_topic_before_it_was_read_is_counted_and_the_rest_is_read()
            throws SQLException {
        Customer customer = newCustomer();
        Message first = acme.send(purchase(customer));
        awaitRecorded(customer, 1);
        double before = missed();

        acme.truncate(first.partition());
        Databases.asOwner()
                .execute(
                        "UPDATE inbound_position SET next_offset = 0 WHERE partner = 'acme' AND partition = ?",
                        first.partition());
        acme.send(purchase(customer));

        awaitRecorded(customer, 2);
        assertThat(missed() - before).isGreaterThanOrEqualTo(first.offset() + 1.0);
    }

    @Test
    void topics_that_are_missing_or_wrong_are_not_read_until_they_are_mended() {
        try (PartnerTopics late = PartnerTopics.withoutTopics("late")) {
            await().atMost(SOON).until(() -> state("late", "TOPIC_REFUSED") > 0);
            late.make(Map.of("compression.type", "producer"));
            Message sent = late.send("k", "{}");
            assertThat(state("late", "TOPIC_REFUSED")).isPositive();

            late.set("compression.type", "uncompressed");

            assertThat(late.awaitProblem(sent).path("code").asText())
                    .isEqualTo("invalid-interaction");
            await().atMost(SOON).until(() -> state("late", "TOPIC_REFUSED") == 0);

            late.delete();
            await().atMost(SOON).until(() -> state("late", "TOPIC_REFUSED") > 0);
            late.make(Map.of());
            // At the same place as the one before, in another topic.
            Message anew = late.send("k", "{}");
            await().atMost(SOON).until(() -> late.rejectionsOf(anew).size() == 2);
        }
    }

    @Test
    void of_a_customer_who_was_erased_nothing_comes_back_whatever_lies_in_the_topic()
            throws SQLException {
        Customer customer = newCustomer();
        String mark = "MARK-" + newId();
        Map<String, @Nullable Object> byId =
                with(purchase(customer), "customer", customer.id().toString());
        acme.send(with(purchase(customer), "subject", mark));
        awaitRecorded(customer, 1);
        try (Events events = Events.ofSuite()) {
            events.sendErasure(customer.id(), 2);
        }
        await().atMost(SOON).until(() -> list(customer.id().toString()).statusCode() == 410);

        Message later = acme.send(with(byId, "subject", mark));
        Databases.asOwner()
                .execute("UPDATE inbound_position SET next_offset = 0 WHERE partner = 'acme'");
        Message last = acme.send(with(byId, "subject", mark));

        for (Message message : List.of(later, last)) {
            assertThat(acme.awaitProblem(message).path("code").asText())
                    .isEqualTo("customer-erased");
        }
        await().atMost(SOON).until(() -> position(last) > last.offset());
        await().atMost(SOON).until(() -> Holdings.of(mark).isEmpty());
        assertThat(acme.allRejections()).doesNotContain(mark).doesNotContain(customer.externalId());
    }

    private static long position(Message message) throws SQLException {
        return Databases.asOwner()
                .number(
                        "SELECT next_offset FROM inbound_position WHERE partner = 'acme' AND partition = ?",
                        message.partition());
    }

    private static long waiting() throws SQLException {
        return Databases.asOwner().number("SELECT count(*) FROM inbound_rejection");
    }

    private double count(String result) {
        Counter counter =
                metrics.find("rapport.inbound.messages.total")
                        .tags("partner", "acme", "result", result)
                        .counter();
        return counter == null ? 0 : counter.count();
    }

    private double missed() {
        return metrics.get("rapport.inbound.missed.total")
                .tags("partner", "acme")
                .counter()
                .count();
    }

    private double readers(String state) {
        return state("acme", state);
    }

    private double state(String partner, String state) {
        Gauge gauge =
                metrics.find("rapport.inbound.state")
                        .tags("partner", partner, "state", state)
                        .gauge();
        return gauge == null ? 0 : gauge.value();
    }
}

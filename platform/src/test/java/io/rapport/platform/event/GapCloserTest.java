package io.rapport.platform.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.Ids;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/**
 * Events that were kept aside and are due now, without a loop that would take them up by itself.
 */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class GapCloserTest {

    @Inject Jdbi jdbi;
    @Inject Installation installation;
    @Inject ConsumerConfiguration config;
    @Inject GapCloser gapCloser;

    private final UUID customer = Ids.next();
    private final UUID bystander = Ids.next();
    private final List<UUID> received = new ArrayList<>();
    private final Probe probe =
            new Probe("probe-" + customer, event -> received.add(event.customer()));

    @Test
    void a_customer_whose_row_is_locked_is_left_for_later_and_nobody_else_waits() throws Exception {
        due(customer, 1);
        due(bystander, 1);
        try (Connection owner = Databases.asApplication().connect()) {
            owner.setAutoCommit(false);
            owner.createStatement()
                    .execute(
                            "SELECT FROM consumer_progress WHERE customer_id = '"
                                    + customer
                                    + "' FOR UPDATE");
            applyDue();
            assertThat(received).containsExactly(bystander);
            // The server ends a session that is only closed in its own time.
            owner.rollback();
        }
        applyDue();
        assertThat(received).containsExactly(bystander, customer);
    }

    @Test
    void one_call_takes_up_no_more_than_a_batch() {
        due(customer, config.batch() + 1);
        assertThat(applyDue()).isTrue();
        assertThat(received).hasSize(config.batch());
        assertThat(applyDue()).isFalse();
        assertThat(received).hasSize(config.batch() + 1);
    }

    @Test
    void nothing_is_taken_up_once_the_consumer_stops() {
        due(customer, 1);
        gapCloser.applyDue(probe, Map.of(topic(), Topic.FEEDBACK), () -> true);
        assertThat(received).isEmpty();
    }

    private boolean applyDue() {
        return gapCloser.applyDue(probe, Map.of(topic(), Topic.FEEDBACK), () -> false);
    }

    private String topic() {
        return installation.topic(Topic.FEEDBACK);
    }

    private void due(UUID of, int events) {
        jdbi.useHandle(
                handle -> {
                    handle.execute(
                            "INSERT INTO consumer_progress VALUES (?, ?, ?, 0, ?, 0)",
                            probe.name(),
                            topic(),
                            of,
                            events);
                    var batch =
                            handle.prepareBatch("INSERT INTO early_event VALUES (?, ?, ?, ?, ?)");
                    for (long sequence = 1; sequence <= events; sequence++) {
                        byte[] image = RecordImage.of(record(of, sequence));
                        batch.add(probe.name(), topic(), of, sequence, image);
                    }
                    batch.execute();
                });
    }

    private ConsumerRecord<byte[], byte[]> record(UUID of, long sequence) {
        var record = new ConsumerRecord<>(topic(), 0, sequence, utf8(of.toString()), utf8("{}"));
        Map.of(
                        "ce_id", Ids.next().toString(),
                        "ce_source", Topic.FEEDBACK.source(),
                        "ce_type", "test.any.v1",
                        "ce_subject", of.toString(),
                        "ce_time", "2026-11-22T00:00:00Z",
                        "ce_customersequence", Long.toString(sequence))
                .forEach((name, value) -> record.headers().add(name, utf8(value)));
        return record;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

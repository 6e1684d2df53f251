package io.rapport.loyalty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.search.MeterNotFoundException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.rapport.platform.Ids;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.Suite;
import io.rapport.platform.testing.SuiteResource;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Utils;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What operators watch, in a service of its own where nothing else waits: each figure becomes what
 * was brought about, no two of them the same, and goes back.
 */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
@TestProfile(AlarmFiguresTest.OneAtATime.class)
class AlarmFiguresTest {

    /** Consumers fetch one record after the other. */
    public static final class OneAtATime implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("rapport.consumer.fetch", "1");
        }
    }

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String ANOTHER_HOLDS =
            """
            UPDATE relay_lease
            SET holder = ?, epoch = epoch + 1, until = clock_timestamp() + interval '10 minutes'""";
    private static final String NOBODY_HOLDS = "UPDATE relay_lease SET until = '-infinity'";

    @Inject MeterRegistry metrics;

    private final Databases database = Databases.asApplication();
    private final Surroundings surroundings = new Surroundings();

    @AfterEach
    void close() {
        surroundings.close();
    }

    @Test
    void what_waits_for_the_relay_or_a_gap_and_what_is_parked_are_counted_apart()
            throws SQLException {
        UUID earning = Ids.next();
        UUID early = Ids.next();
        UUID poisoned = Ids.next();
        await().atMost(SOON).until(() -> state("rapport.relay.state", "SENDING") == 1);

        database.execute(ANOTHER_HOLDS, Ids.next());
        soon(() -> assertThat(state("rapport.relay.state", "STANDBY")).isOne());
        long begun = System.nanoTime();
        for (int sequence = 1; sequence <= 4; sequence++) {
            surroundings.purchase(earning, sequence, "1.00");
            if (sequence > 1) {
                surroundings.purchase(early, sequence, "1.00");
            }
        }
        surroundings
                .events()
                .send(Topic.INTERACTIONS, poisoned, 1, "interaction.recorded.v1", "not JSON");
        surroundings.purchase(poisoned, 2, "1.00");

        soon(
                () -> {
                    assertThat(value("rapport.outbox.pending")).isEqualTo(4);
                    assertThat(value("rapport.events.early")).isEqualTo(3);
                    assertThat(value("rapport.events.parked")).isEqualTo(2);
                    assertThat(value("rapport.outbox.oldest.age.seconds"))
                            .isGreaterThan(2)
                            .isLessThanOrEqualTo((System.nanoTime() - begun) / 1e9);
                });

        database.execute(NOBODY_HOLDS);
        surroundings.purchase(early, 1, "1.00");
        soon(
                () -> {
                    assertThat(value("rapport.outbox.pending")).isZero();
                    assertThat(value("rapport.outbox.oldest.age.seconds")).isZero();
                    assertThat(value("rapport.events.early")).isZero();
                    assertThat(value("rapport.events.parked")).isEqualTo(2);
                });
    }

    @Test
    void records_that_are_not_applied_are_the_lag_of_their_consumer_only() throws SQLException {
        UUID first = inTheSamePartition();
        UUID between = inTheSamePartition();
        UUID last = inTheSamePartition();
        surroundings.purchase(first, 1, "1.00");
        surroundings.purchase(last, 1, "1.00");
        await().atMost(SOON).until(() -> hasAccount(first) && hasAccount(last));

        try (Connection holdsFirst = holding(first);
                Connection holdsLast = holding(last)) {
            surroundings.purchase(first, 2, "1.00");
            soon(() -> assertThat(state("rapport.consumer.state", "FAILING")).isOne());
            // Several, since the first may be fetched before the others are there.
            for (int sequence = 1; sequence <= 5; sequence++) {
                surroundings.purchase(between, sequence, "1.00");
            }
            for (int sequence = 2; sequence <= 5; sequence++) {
                surroundings.purchase(last, sequence, "1.00");
            }
            holdsFirst.rollback();

            soon(() -> assertThat(lag("earning")).isEqualTo(4));
            assertThat(lag("directory")).isZero();
            assertThat(holdsLast.isClosed()).isFalse();
        }
        soon(() -> assertThat(lag("earning")).isZero());
        soon(() -> assertThat(state("rapport.consumer.state", "RUNNING")).isOne());
    }

    /** A figure of a consumer is not there before the first look at it. */
    private static void soon(ThrowingRunnable asserted) {
        await().atMost(SOON)
                .ignoreExceptionsInstanceOf(MeterNotFoundException.class)
                .untilAsserted(asserted);
    }

    private double value(String name, String... tags) {
        return metrics.get(name).tags(tags).gauge().value();
    }

    private double lag(String consumer) {
        return value("rapport.consumer.lag", "consumer", consumer);
    }

    /** Of the relay, or of the consumer "earning". */
    private double state(String name, String state) {
        return name.equals("rapport.relay.state")
                ? value(name, "state", state)
                : value(name, "consumer", "earning", "state", state);
    }

    private boolean hasAccount(UUID customer) throws SQLException {
        return database.number("SELECT count(*) FROM account WHERE customer_id = ?", customer) == 1;
    }

    /** Keeps the customer's points from moving until it is rolled back or closed. */
    private Connection holding(UUID customer) throws SQLException {
        Connection connection = database.connect();
        connection.setAutoCommit(false);
        connection
                .createStatement()
                .execute("SELECT FROM account WHERE customer_id = '" + customer + "' FOR UPDATE");
        return connection;
    }

    private static UUID inTheSamePartition() {
        return Stream.generate(Ids::next)
                .filter(
                        id -> {
                            byte[] key = id.toString().getBytes(StandardCharsets.US_ASCII);
                            return Utils.toPositive(Utils.murmur2(key)) % Suite.PARTITIONS == 0;
                        })
                .findFirst()
                .orElseThrow();
    }
}

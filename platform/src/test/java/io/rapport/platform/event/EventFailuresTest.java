package io.rapport.platform.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.narayana.jta.QuarkusTransactionException;
import io.rapport.platform.Refusal;
import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jdbi.v3.core.ConnectionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventFailuresTest {

    @ParameterizedTest
    @ValueSource(strings = {"22001", "23505", "54000", "42P01", "P0001"})
    void what_the_database_refuses_tomorrow_too_is_of_the_event(String state) {
        assertThat(EventFailures.ofTheEvent(thrown(state))).isTrue();
        assertThat(EventFailures.ofTheEvent(new QuarkusTransactionException(thrown(state))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08006", "0A000", "25P03", "26000", "28P01", "40P01", "53300", "55P03", "57014",
                "58030", "XX000"
            })
    void what_passes_is_of_the_surroundings(String state) {
        assertThat(EventFailures.ofTheEvent(thrown(state))).isFalse();
    }

    static Stream<Throwable> surroundings() {
        return Stream.of(
                new IllegalStateException(new SQLException("the pool had no connection to give")),
                new ConnectionException(new SQLException("wrong password", "28P01")),
                new QuarkusTransactionException(new RollbackException("timed out")),
                new IllegalStateException(new KafkaException("broker")),
                new ConsumerPositions.Lost("total", List.of(new TopicPartition("topic", 0))),
                new ConsumerStopped("gap"),
                new EventDelivery.TooSlow(200),
                new NoClassDefFoundError("half a deployment"),
                Refusal.unavailable("directory-behind", "The customer is not here yet."));
    }

    @ParameterizedTest
    @MethodSource("surroundings")
    void failures_of_the_surroundings_are_never_of_the_event(Throwable failure) {
        assertThat(EventFailures.ofTheEvent(failure)).isFalse();
    }

    static Stream<Throwable> bugs() {
        return Stream.of(
                new NullPointerException(),
                new DateTimeException("a year that no database holds"),
                new UnsupportedOperationException(),
                new IllegalStateException(new ArithmeticException()),
                Refusal.conflict("points-overflow", "Too many points."));
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void every_other_failure_is_of_the_event(Throwable failure) {
        assertThat(EventFailures.ofTheEvent(failure)).isTrue();
    }

    private static RuntimeException thrown(String state) {
        return new IllegalStateException(new SQLException("no", state));
    }
}

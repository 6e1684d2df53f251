package io.rapport.interaction.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class FetchedTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    /** Offsets may have gaps, where a transaction ended or was aborted. */
    private static Fetched fetched() {
        return new Fetched(
                new TopicPartition("inbound", 2),
                LongStream.of(10, 11, 14, 15).mapToObj(FetchedTest::message).toList(),
                8,
                17,
                NOW);
    }

    private static ConsumerRecord<byte[], byte[]> message(long offset) {
        return new ConsumerRecord<>(
                "inbound",
                2,
                offset,
                NOW.minusSeconds(offset).toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                new byte[0],
                new byte[0],
                new RecordHeaders(),
                Optional.empty());
    }

    @Test
    void stretches_follow_each_other_without_a_gap_to_the_end_of_the_fetch() {
        Fetched fetched = fetched();
        Stretch first = fetched.next(3);
        assertThat(first.begin()).isEqualTo(8);
        assertThat(first.end()).isEqualTo(15);
        assertThat(first.messages()).hasSize(3);
        assertThat(fetched.next(2).end()).isEqualTo(14);

        assertThat(fetched.advance(first)).isFalse();
        assertThat(fetched.left()).isEqualTo(1);
        Stretch last = fetched.next(200);

        assertThat(last.begin()).isEqualTo(15);
        assertThat(last.end()).isEqualTo(17);
        assertThat(fetched.advance(last)).isTrue();
    }

    @Test
    void single_messages_follow_each_other_in_the_same_way() {
        Stretch all = fetched().next(4);
        List<Stretch> singles = all.singles();

        assertThat(singles).extracting(Stretch::begin).containsExactly(8L, 11L, 12L, 15L);
        assertThat(singles).extracting(Stretch::end).containsExactly(11L, 12L, 15L, 17L);
        assertThat(singles).allSatisfy(one -> assertThat(one.messages()).hasSize(1));
    }

    @Test
    void a_message_came_when_the_broker_says_but_not_after_it_was_fetched() {
        assertThat(fetched().next(1).lastCame()).isEqualTo(NOW.minusSeconds(10));
        Stretch ahead = new Stretch(2, 0, 1, List.of(message(-60)), NOW);
        assertThat(ahead.lastCame()).isEqualTo(NOW);
    }
}

package io.rapport.faults.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.rapport.faults.audit.Lag.Position;
import io.rapport.faults.topic.Contents.Partition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LagTest {
    private static final Partition PARTITION = new Partition(MadeUp.INTERACTIONS, 4);
    private static final Map<Partition, Long> ENDS = Map.of(PARTITION, 7L);

    @Test
    void consumers_beyond_the_last_record_are_clean() {
        assertThat(audit(0, new Position("context", PARTITION, 8))).isEmpty();
        assertThat(audit(0, new Position("context", PARTITION, 9))).isEmpty();
    }

    @Test
    void a_consumer_before_the_last_record_is_found() {
        assertThat(audit(0, new Position("context", PARTITION, 7)))
                .extracting(Finding::what)
                .containsExactly("context is at 7 of rapport.interactions.v1-4, which ends with 7");
    }

    @Test
    void a_partition_that_nobody_reads_is_found() {
        assertThat(audit(0)).hasSize(1);
    }

    @Test
    void what_waits_is_found() {
        assertThat(audit(2, new Position("context", PARTITION, 8)))
                .extracting(Finding::what)
                .containsExactly("2 events wait in the outbox");
    }

    private static List<Finding> audit(long waiting, Position... positions) {
        return Lag.audit(Map.of("the outbox", waiting), List.of(positions), ENDS);
    }
}

package io.rapport.bench.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rapport.bench.measure.Latencies;
import io.rapport.bench.measure.Load;
import io.rapport.bench.measure.Turn;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class ProcessesTest {
    @Test
    void what_the_machine_did_and_we_did_not_was_done_by_others() {
        Turn turn = turn(Map.of("machine", 2_000.0, "PostgreSQL", 300.0, "bench", 700.0));
        assertThat(Processes.coresOfOthers(List.of(turn, turn)).orElseThrow())
                .isCloseTo(0.1, within(1e-9));
    }

    @Test
    void where_the_machine_does_not_tell_it_is_unknown() {
        Turn turn = turn(Map.of("PostgreSQL", 300.0));
        assertThat(Processes.others(List.of(turn))).contains("unknown");
    }

    @Test
    void parts_are_told_by_name() {
        assertThat(Processes.micros(Map.of("PostgreSQL", 12.6))).isEqualTo("PostgreSQL 13");
        assertThat(Processes.micros(Map.of())).isEqualTo("unknown");
    }

    /** 1,000 operations in 10 s. */
    private static Turn turn(Map<String, Double> cpuMicros) {
        Histogram nanos = Latencies.empty();
        for (int i = 0; i < 1_000; i++) {
            nanos.recordValue(1_000);
        }
        return new Turn(new Load(Duration.ofSeconds(10), nanos), cpuMicros);
    }
}

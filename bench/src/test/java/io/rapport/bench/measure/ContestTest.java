package io.rapport.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class ContestTest {
    private static final Duration WARM = Duration.ofSeconds(60);
    private static final Duration TURN = Duration.ofSeconds(10);

    private final List<String> log = new ArrayList<>();

    @Test
    void both_sides_are_warmed_and_then_take_turns() {
        new Contest(side("subject", 1, 1, 1), side("limit", 1, 1, 1), new CpuMeter())
                .run(WARM, TURN, 2);
        assertThat(log)
                .containsExactly(
                        "limit 60 s",
                        "subject 60 s",
                        "limit 10 s",
                        "subject 10 s",
                        "limit 10 s",
                        "subject 10 s");
    }

    @Test
    void figures_are_medians_of_the_turns_without_the_warm_up() {
        Outcome outcome =
                new Contest(
                                side("subject", 9999, 300, 10, 320),
                                side("limit", 1, 1000, 1010, 5),
                                new CpuMeter())
                        .run(WARM, TURN, 3);
        assertThat(outcome.subjectPerSecond()).isEqualTo(30);
        assertThat(outcome.limitPerSecond()).isEqualTo(100);
        assertThat(Outcome.nanos(outcome.subject()).getTotalCount()).isEqualTo(630);
    }

    @Test
    void cpu_time_is_that_of_an_operation() {
        AtomicLong used = new AtomicLong();
        CpuMeter meter = new CpuMeter().with("service", () -> OptionalLong.of(used.get()));
        Side subject =
                time -> {
                    used.addAndGet(50_000);
                    return load(time, 500);
                };
        Outcome outcome = new Contest(subject, side("limit", 1, 1), meter).run(WARM, TURN, 1);
        assertThat(Outcome.cpuMicros(outcome.subject(), "service").orElseThrow())
                .isCloseTo(100, within(0.001));
        assertThat(Outcome.cpuMicros(outcome.limit(), "service").orElseThrow()).isZero();
    }

    @Test
    void cpu_time_is_unknown_when_one_process_cannot_be_seen() {
        CpuMeter meter =
                new CpuMeter()
                        .with("service", () -> OptionalLong.of(1))
                        .with("database", OptionalLong::empty);
        Outcome outcome =
                new Contest(side("subject", 1, 1), side("limit", 1, 1), meter).run(WARM, TURN, 1);
        assertThat(Outcome.cpuMicros(outcome.subject(), "service")).isPresent();
        assertThat(Outcome.cpuMicros(outcome.subject(), "service", "database")).isEmpty();
    }

    private Side side(String name, Integer... operations) {
        Iterator<Integer> next = List.of(operations).iterator();
        return time -> {
            log.add(name + " " + time.toSeconds() + " s");
            return load(time, next.next());
        };
    }

    private static Load load(Duration time, int operations) {
        Histogram nanos = Latencies.empty();
        for (int i = 0; i < operations; i++) {
            nanos.recordValue(1_000);
        }
        return new Load(time, nanos);
    }
}

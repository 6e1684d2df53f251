package io.rapport.faults.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WritesTest {
    private static final Fact ONE = new Fact("interaction", "1", "t0-1 PURCHASE 12.5 GBP");
    private static final Fact OTHER = new Fact("feedback", "2", "- NPS 7");

    @Test
    void what_was_acknowledged_and_is_there_once_is_clean() {
        assertThat(Writes.audit(List.of(ONE, OTHER), List.of(OTHER, ONE))).isEmpty();
    }

    @Test
    void a_lost_write_is_found() {
        assertThat(Writes.audit(List.of(ONE, OTHER), List.of(OTHER)))
                .extracting(Finding::toString)
                .containsExactly(
                        "A2: interaction 1 was acknowledged and is gone: t0-1 PURCHASE 12.5 GBP");
    }

    @Test
    void a_doubled_write_is_found_under_its_own_id_and_under_another() {
        Fact again = new Fact("interaction", "3", ONE.content());
        assertThat(Writes.audit(List.of(ONE), List.of(ONE, ONE, again)))
                .extracting(Finding::what)
                .containsExactly(
                        "interaction 1 is there 2 times",
                        "interaction 3 is there and was never acknowledged: " + ONE.content());
    }

    @Test
    void a_write_that_is_held_otherwise_is_found() {
        Fact otherwise = new Fact("interaction", "1", "t0-1 PURCHASE 13 GBP");
        assertThat(Writes.audit(List.of(ONE), List.of(otherwise)))
                .extracting(Finding::what)
                .containsExactly(
                        "interaction 1 is t0-1 PURCHASE 13 GBP instead of t0-1 PURCHASE 12.5 GBP");
    }
}

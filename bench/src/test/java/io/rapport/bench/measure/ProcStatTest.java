package io.rapport.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcStatTest {
    private static final String AFTER_NAME =
            " S 1 4242 4242 0 -1 4194560 9000 800 7 3 1204 310 55 21 20 0 41 0 5000 9000000 70000";

    @Test
    void user_and_system_time_stand_behind_the_name() {
        assertThat(ProcStat.parse("4242 (java)" + AFTER_NAME))
                .isEqualTo(new ProcStat(1204, 310, 55, 21));
    }

    @Test
    void a_name_may_hold_blanks_and_brackets() {
        assertThat(ProcStat.parse("4242 (postgres: io (worker) 2)" + AFTER_NAME))
                .isEqualTo(new ProcStat(1204, 310, 55, 21));
    }

    @Test
    void children_count_once_they_have_ended() {
        ProcStat stat = new ProcStat(10, 5, 3, 2);
        assertThat(stat.own()).isEqualTo(15);
        assertThat(stat.withEndedChildren()).isEqualTo(20);
    }
}

package io.rapport.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class CpuTimeTest {
    private static final long NOBODY = Long.MAX_VALUE;

    @Test
    void waiting_for_disks_and_idling_is_not_busy() {
        assertThat(CpuTime.busyTicks("cpu  100 20 30 9000 500 6 7 8 0 0")).isEqualTo(171);
    }

    @Test
    void time_of_a_process_that_is_not_there_is_unknown() {
        assertThat(CpuTime.ofProcess(NOBODY).micros()).isEqualTo(OptionalLong.empty());
        assertThat(CpuTime.ofTree(NOBODY).micros()).isEqualTo(OptionalLong.empty());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_tree_holds_what_its_root_used() {
        long pid = ProcessHandle.current().pid();
        long own = CpuTime.ofProcess(pid).micros().orElseThrow();
        assertThat(own).isPositive();
        assertThat(CpuTime.ofTree(pid).micros().orElseThrow()).isGreaterThanOrEqualTo(own);
        assertThat(CpuTime.ofMachine().micros()).isPresent();
    }
}

package io.rapport.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ResidentMemoryTest {
    @Test
    void it_is_what_is_resident_now_not_the_highest_it_was() {
        List<String> status =
                List.of(
                        "Name:\tjava",
                        "VmHWM:\t  300000 kB",
                        "VmRSS:\t  251112 kB",
                        "Threads:\t41");
        assertThat(ResidentMemory.parse(status)).isEqualTo(OptionalLong.of(251_112));
    }

    @Test
    void a_process_without_memory_of_its_own_has_none() {
        assertThat(ResidentMemory.parse(List.of("Name:\tkthreadd"))).isEmpty();
        assertThat(ResidentMemory.kibibytes(Long.MAX_VALUE)).isEmpty();
    }
}

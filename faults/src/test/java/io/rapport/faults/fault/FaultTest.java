package io.rapport.faults.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.rapport.local.stack.ServiceName;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTest {
    @Test
    void each_has_a_name_of_its_own() {
        assertThat(Fault.all()).extracting(Fault::name).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kill-before-removal",
                "kill-before-next-poll",
                "replicas-join-and-leave",
                "freeze-replica"
            })
    void rounds_meet_each_service_and_the_short_call_one(String name) {
        assertThat(names(false))
                .doesNotContain(name)
                .containsAll(
                        Arrays.stream(ServiceName.values())
                                .map(service -> name + "-" + service.label())
                                .toList());
        assertThat(names(true).stream().filter(one -> one.startsWith(name))).containsExactly(name);
    }

    @Test
    void minutes_are_for_rounds() {
        assertThat(names(false)).contains("kafka-away-for-minutes");
        assertThat(names(true)).doesNotContain("kafka-away-for-minutes");
    }

    private static List<String> names(boolean once) {
        return Fault.all().stream().filter(fault -> fault.in(once)).map(Fault::name).toList();
    }
}

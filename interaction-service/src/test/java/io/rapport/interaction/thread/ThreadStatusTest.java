package io.rapport.interaction.thread;

import static org.assertj.core.api.Assertions.assertThat;

import io.rapport.interaction.Direction;
import io.rapport.interaction.Result;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreadStatusTest {

    @ParameterizedTest
    @CsvSource({
        "OPEN,                 INBOUND,  ,              WAITING_FOR_US",
        "WAITING_FOR_CUSTOMER, INBOUND,  ,              WAITING_FOR_US",
        "SOLVED,               INBOUND,  ,              WAITING_FOR_US",
        "SOLVED,               INBOUND,  NOT_SOLVED,    WAITING_FOR_US",
        "OPEN,                 INBOUND,  SOLVED,        SOLVED",
        "OPEN,                 OUTBOUND, ,              WAITING_FOR_CUSTOMER",
        "WAITING_FOR_US,       OUTBOUND, PARTLY_SOLVED, WAITING_FOR_CUSTOMER",
        "SOLVED,               OUTBOUND, ,              SOLVED",
        "WAITING_FOR_US,       OUTBOUND, SOLVED,        SOLVED",
        "OPEN,                 INTERNAL, ,              OPEN",
        "WAITING_FOR_US,       INTERNAL, ,              WAITING_FOR_US",
        "SOLVED,               INTERNAL, ,              SOLVED",
        "WAITING_FOR_US,       INTERNAL, SOLVED,        SOLVED",
    })
    void what_is_newest_says_whose_turn_it_is(
            ThreadStatus before,
            Direction direction,
            @Nullable Result outcome,
            ThreadStatus after) {
        assertThat(before.after(direction, outcome)).isEqualTo(after);
    }

    @ParameterizedTest
    @CsvSource({
        "SOLVED,               WAITING_FOR_US,       WAITING_FOR_US",
        "OPEN,                 WAITING_FOR_US,       WAITING_FOR_US",
        "OPEN,                 WAITING_FOR_CUSTOMER, OPEN",
        "WAITING_FOR_CUSTOMER, SOLVED,               WAITING_FOR_CUSTOMER",
        "SOLVED,               SOLVED,               SOLVED",
    })
    void of_two_that_become_one_what_waits_for_us_goes_on_waiting(
            ThreadStatus one, ThreadStatus other, ThreadStatus both) {
        assertThat(one.with(other)).isEqualTo(both);
        assertThat(other.with(one)).isEqualTo(both);
    }
}

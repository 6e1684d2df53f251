package io.rapport.faults.fault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TollTest {
    @Test
    void it_tells_all_and_each() {
        Toll toll = new Toll();
        assertThat(toll.kills()).isEqualTo("none");

        toll.killed("loyalty-service");
        toll.killed("kafka");
        toll.killed("loyalty-service");
        toll.met("kill-before-removal of loyalty-service");

        assertThat(toll.kills()).isEqualTo("3 (1 × kafka, 2 × loyalty-service)");
        assertThat(toll.moments()).isEqualTo("1 (1 × kill-before-removal of loyalty-service)");
    }
}

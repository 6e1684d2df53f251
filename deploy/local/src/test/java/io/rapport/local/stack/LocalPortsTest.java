package io.rapport.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPortsTest {
    @Test
    void the_usual_ports_are_the_documented_ones() {
        assertThat(new LocalPorts(0).all().values())
                .containsExactly(8081, 9081, 8082, 9082, 8083, 9083, 8084, 9084, 5442, 9192, 9193);
    }

    @Test
    void a_wired_stack_needs_three_more() {
        assertThat(new LocalPorts(100).withWires().all().values())
                .containsAll(new LocalPorts(100).all().values())
                .hasSize(14)
                .contains(5543, 9294, 9295);
    }

    @Test
    void a_taken_port_is_named_with_what_wanted_it_and_what_to_do() throws IOException {
        LocalPorts ports = LocalPorts.free();
        assertThatCode(ports::requireFree).doesNotThrowAnyException();
        try (ServerSocket taken =
                new ServerSocket(
                        ports.http(ServiceName.LOYALTY), 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(ports::requireFree)
                    .isInstanceOf(CannotGoOn.class)
                    .hasMessageContaining(
                            "Port " + taken.getLocalPort() + " (loyalty-service) is taken")
                    .hasMessageContaining("--port-offset");
        }
    }

    @Test
    void stacks_that_are_prepared_beside_each_other_have_no_port_in_common() {
        List<Integer> ports = new ArrayList<>();
        for (int stack = 0; stack < 20; stack++) {
            LocalPorts free = LocalPorts.free().withWires();
            ports.addAll(free.all().values());
            for (ServiceName service : ServiceName.values()) {
                for (int replica = 1; replica <= 2; replica++) {
                    ports.add(LocalPorts.ofReplica(free.http(service), replica));
                    ports.add(LocalPorts.ofReplica(free.management(service), replica));
                }
            }
        }
        assertThat(ports).hasSize(20 * (14 + 16)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 50_001})
    void an_offset_out_of_range_is_refused(int offset) {
        assertThatThrownBy(() -> new LocalPorts(offset)).hasMessageContaining("from 0 to 50000");
    }
}

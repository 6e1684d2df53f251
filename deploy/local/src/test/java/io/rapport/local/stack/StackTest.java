package io.rapport.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a folder before anything is started in it. */
class StackTest {
    @TempDir private Path root;
    private LocalFolder folder;
    private LocalPorts ports;
    private String key;

    @BeforeEach
    void leaveSomething() throws Exception {
        folder = new LocalFolder(root, root.resolve("data"));
        ports = LocalPorts.free();
        Stack.prepare(folder, ports, false).close();
        Files.writeString(folder.demoShift(), "2011-12-09 780\n");
        key = LocalSecrets.of(folder).publicKey();
    }

    @Test
    void what_an_earlier_stack_left_stays() {
        Stack.prepare(folder, ports, false).close();
        assertThat(folder.demoShift()).exists();
        assertThat(LocalSecrets.of(folder).publicKey()).isEqualTo(key);
    }

    @Test
    void unless_a_fresh_one_is_wanted() {
        Stack.prepare(folder, ports, true).close();
        assertThat(folder.demoShift()).doesNotExist();
        assertThat(LocalSecrets.of(folder).publicKey()).isNotEqualTo(key);
    }

    @Test
    void a_fresh_one_that_cannot_start_forgets_nothing() throws Exception {
        try (ServerSocket taken =
                new ServerSocket(
                        ports.http(ServiceName.LOYALTY), 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Stack.prepare(folder, ports, true))
                    .hasMessageContaining(
                            "Port " + taken.getLocalPort() + " (loyalty-service) is taken");
        }
        assertThat(folder.demoShift()).exists();
        assertThat(LocalSecrets.of(folder).publicKey()).isEqualTo(key);
    }
}

package io.rapport.faults.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WireTest {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int A_LOOK_MILLIS = 200;

    @Test
    void what_comes_to_one_end_arrives_at_the_other_as_do_answers_and_the_end() throws IOException {
        try (ServerSocket behind = listen(0);
                Wire wire = new Wire(freePort(), behind.getLocalPort());
                Socket near = connect(wire);
                Socket far = behind.accept()) {
            say(near, "question");
            assertThat(hear(far, 8)).isEqualTo("question");
            say(far, "answer");
            assertThat(hear(near, 6)).isEqualTo("answer");
            far.shutdownOutput();
            assertThat(near.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void a_silent_wire_takes_everything_and_passes_it_on_later() throws IOException {
        try (ServerSocket behind = listen(0);
                Wire wire = new Wire(freePort(), behind.getLocalPort());
                Socket near = connect(wire);
                Socket far = behind.accept()) {
            wire.silence();
            say(near, "question");
            far.setSoTimeout(A_LOOK_MILLIS);
            assertThatThrownBy(() -> hear(far, 8)).isInstanceOf(SocketTimeoutException.class);
            connect(wire).close();
            near.shutdownOutput();

            wire.pass();
            far.setSoTimeout(PATIENCE_MILLIS);
            assertThat(hear(far, 8)).isEqualTo("question");
            assertThat(far.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    @Timeout(20)
    void where_nobody_listens_behind_it_nobody_does_before_it_until_somebody_does()
            throws IOException {
        int port = freePort();
        try (Wire wire = new Wire(freePort(), port)) {
            while (isTaken(wire)) {
                Thread.onSpinWait();
            }
            try (ServerSocket behind = listen(port)) {
                while (!isTaken(wire)) {
                    Thread.onSpinWait();
                }
                assertThat(behind.isBound()).isTrue();
            }
        }
    }

    private static boolean isTaken(Wire wire) {
        try (Socket _ = connect(wire)) {
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private static Socket connect(Wire wire) throws IOException {
        Socket near = new Socket(InetAddress.getLoopbackAddress(), wire.port());
        near.setSoTimeout(PATIENCE_MILLIS);
        return near;
    }

    private static ServerSocket listen(int port) throws IOException {
        ServerSocket socket = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = listen(0)) {
            return socket.getLocalPort();
        }
    }

    private static void say(Socket socket, String words) throws IOException {
        socket.getOutputStream().write(words.getBytes(UTF_8));
    }

    private static String hear(Socket socket, int length) throws IOException {
        return new String(socket.getInputStream().readNBytes(length), UTF_8);
    }
}

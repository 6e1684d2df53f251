package io.rapport.platform.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Counts who uses a {@link TestStack}. A client that has received the stack's name is counted until
 * its connection closes, by whatever cause; while one is counted the socket does not close itself.
 */
final class ControlSocket implements AutoCloseable {

    private final ServerSocket server;
    private final String name;
    private int clients;
    private long idleSinceNanos = System.nanoTime();

    private ControlSocket(ServerSocket server, String name) {
        this.server = server;
        this.name = name;
    }

    static ControlSocket open(String name) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ControlSocket control = new ControlSocket(server, name);
        Thread.ofVirtual().name("control").start(control::accept);
        return control;
    }

    int port() {
        return server.getLocalPort();
    }

    /** Closes when nobody has been counted for so long, and says whether it is closed. */
    synchronized boolean closeWhenIdleFor(Duration idle) throws IOException {
        if (clients == 0 && System.nanoTime() - idleSinceNanos > idle.toNanos()) {
            server.close();
        }
        return server.isClosed();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                // Closed, or a client that was gone at once: the loop's condition tells.
                Thread.onSpinWait();
            }
        }
    }

    private void serve(Socket client) {
        boolean counted = count();
        try (client) {
            if (!counted) {
                return;
            }
            client.getOutputStream().write((name + "\n").getBytes(StandardCharsets.US_ASCII));
            // A client sends nothing: this waits for its end.
            client.getInputStream().readAllBytes();
        } catch (IOException e) {
            // A client that was killed; it leaves like any other.
        } finally {
            if (counted) {
                leave();
            }
        }
    }

    private synchronized boolean count() {
        if (server.isClosed()) {
            return false;
        }
        clients++;
        return true;
    }

    private synchronized void leave() {
        clients--;
        idleSinceNanos = System.nanoTime();
    }
}

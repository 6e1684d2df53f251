package io.rapport.faults.wire;

import io.rapport.local.stack.CannotGoOn;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Passes on, byte for byte and both ways, what comes to one port of this machine to another port,
 * and can be told to be slow or silent. Where nobody listens at the other port, nobody does at this
 * one. Thread-safe.
 */
public final class Wire implements AutoCloseable {
    private static final int AT_ONCE_BYTES = 65_536;
    private static final int CONNECT_MILLIS = 1000;
    private static final Duration LOOK = Duration.ofMillis(50);

    private final int port;
    private final int behind;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private ServerSocket door;
    private boolean silent;
    private Duration delay = Duration.ZERO;
    private volatile boolean closed;

    /** Listens from now on. */
    public Wire(int port, int behind) {
        this.port = port;
        this.behind = behind;
        try {
            door = listen();
        } catch (IOException e) {
            throw CannotGoOn.because("Cannot listen on port " + port, e);
        }
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return port;
    }

    /**
     * From now on nothing arrives any more, at neither end: no byte, no end of a connection. New
     * connections are taken. What is under way arrives when it passes again.
     */
    public synchronized void silence() {
        silent = true;
    }

    /** From now on everything arrives so much later, in each direction. */
    public synchronized void delay(Duration time) {
        delay = time;
    }

    /** From now on everything arrives at once. */
    public synchronized void pass() {
        silent = false;
        delay = Duration.ZERO;
        notifyAll();
    }

    private void serve() {
        while (!closed) {
            try {
                Socket near = door().accept();
                Thread.ofVirtual().start(() -> carry(near));
            } catch (IOException shut) {
                reopen();
            }
        }
    }

    private void carry(Socket near) {
        open.add(near);
        try (near;
                Socket far = connect()) {
            open.add(far);
            // What comes in small pieces must not wait for more of them.
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            try {
                Thread back = Thread.ofVirtual().start(() -> copy(far, near));
                copy(near, far);
                back.join();
            } finally {
                open.remove(far);
            }
        } catch (ConnectException nobody) {
            shut();
        } catch (IOException gone) {
            // The other end learns of it by its own connection.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(near);
        }
    }

    /** A program that is frozen takes so many connections, and later ones when it goes on. */
    private Socket connect() throws IOException {
        while (true) {
            Socket far = new Socket();
            try {
                far.connect(address(behind), CONNECT_MILLIS);
                return far;
            } catch (SocketTimeoutException full) {
                far.close();
            }
        }
    }

    private void copy(Socket from, Socket to) {
        byte[] bytes = new byte[AT_ONCE_BYTES];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                hold();
                out.write(bytes, 0, count);
            }
            hold();
            to.shutdownOutput();
        } catch (IOException gone) {
            hold();
            close(from);
            close(to);
        }
    }

    /** Returns when what has come may arrive. */
    private void hold() {
        try {
            Duration time;
            synchronized (this) {
                while (silent && !closed) {
                    wait();
                }
                time = delay;
            }
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized ServerSocket door() {
        return door;
    }

    private ServerSocket listen() throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(address(port));
        return socket;
    }

    private void shut() {
        close(door());
    }

    private void reopen() {
        while (!closed) {
            try (Socket probe = new Socket()) {
                probe.connect(address(behind), CONNECT_MILLIS);
                synchronized (this) {
                    door = listen();
                }
                return;
            } catch (IOException notYet) {
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static void close(Closeable it) {
        try {
            it.close();
        } catch (IOException gone) {
            // It is what was wanted.
        }
    }

    /** Ends all connections. */
    @Override
    public void close() {
        closed = true;
        pass();
        shut();
        open.forEach(Wire::close);
    }
}

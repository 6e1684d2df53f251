package io.rapport.platform.testing;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * This JVM's hold on the {@link TestStack} of the checkout, which it starts when none is running.
 * The hold ends with the JVM; one JVM may hold it several times over.
 */
final class SharedStack {

    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final int GREETING_LIMIT_MILLIS = 5_000;

    private final StackAddress address;

    // Never read: as long as it is reachable, the stack runs.
    @SuppressWarnings({"UnusedVariable", "FieldCanBeLocal"})
    private final Socket hold;

    private static @Nullable SharedStack held;

    private SharedStack(StackAddress address, Socket hold) {
        this.address = address;
        this.hold = hold;
    }

    /** The address of a stack that runs at least as long as this JVM. */
    static synchronized StackAddress address() {
        if (held == null) {
            try {
                held = hold(ProjectRoot.path().resolve("target/test-stack"));
            } catch (IOException e) {
                throw new IllegalStateException("The test stack cannot be reached", e);
            }
        }
        return held.address;
    }

    private static SharedStack hold(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path addressFile = directory.resolve("address.properties");
        try (FileChannel channel =
                        FileChannel.open(
                                directory.resolve("lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                FileLock lock = lock(channel)) {
            Optional<SharedStack> running = connect(addressFile);
            return running.isPresent() ? running.get() : start(directory, addressFile, lock);
        }
    }

    /**
     * Waits for other JVMs as the operating system does, and for other class loaders of this one by
     * asking again.
     */
    private static FileLock lock(FileChannel channel) throws IOException {
        while (true) {
            try {
                return channel.lock();
            } catch (OverlappingFileLockException e) {
                pause();
            }
        }
    }

    private static Optional<SharedStack> connect(Path addressFile) throws IOException {
        Optional<StackAddress> address = StackAddress.read(addressFile);
        return address.isEmpty() ? Optional.empty() : connect(address.get());
    }

    @SuppressWarnings("resource") // The connection is the hold.
    private static Optional<SharedStack> connect(StackAddress address) {
        Socket socket = new Socket();
        try {
            socket.setSoTimeout(GREETING_LIMIT_MILLIS);
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), address.control()),
                    GREETING_LIMIT_MILLIS);
            BufferedReader greeting =
                    new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.US_ASCII));
            if (address.name().equals(greeting.readLine())) {
                return Optional.of(new SharedStack(address, socket));
            }
            socket.close();
        } catch (IOException e) {
            // Nobody there, or somebody else: the file is a leftover of a stack that is gone.
        }
        return Optional.empty();
    }

    private static SharedStack start(Path directory, Path addressFile, FileLock lock)
            throws IOException {
        if (!lock.isValid()) {
            throw new IOException("Starting needs the lock");
        }
        String name = "stack-" + UUID.randomUUID();
        Path log = directory.resolve("stack.log");
        Files.deleteIfExists(log);
        Process process = spawn(name, directory.resolve(name), addressFile, log);
        long begin = System.nanoTime();
        while (process.isAlive() && System.nanoTime() - begin < START_LIMIT.toNanos()) {
            Optional<StackAddress> address =
                    StackAddress.read(addressFile).filter(written -> written.name().equals(name));
            if (address.isPresent()) {
                return connect(address.get())
                        .orElseThrow(() -> new IOException("The test stack ended, see " + log));
            }
            pause();
        }
        process.destroy();
        throw new IOException("The test stack did not start:\n" + Files.readString(log));
    }

    private static Process spawn(String name, Path home, Path addressFile, Path log)
            throws IOException {
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx384m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--sun-misc-unsafe-memory-access=allow",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-cp",
                        classPath(),
                        TestStack.class.getName(),
                        name,
                        home.toString(),
                        addressFile.toString());
        return new ProcessBuilder(command)
                .redirectInput(Redirect.PIPE)
                .redirectOutput(Redirect.appendTo(log.toFile()))
                .redirectError(Redirect.appendTo(log.toFile()))
                .start();
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .replaceAll(File.pathSeparator + "+$", "");
    }

    private static void pause() {
        try {
            Thread.sleep(Duration.ofMillis(50));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the test stack starts", e);
        }
    }
}

package io.rapport.local.stack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One program of the stack that can be started, killed and started again: a service, the broker,
 * the database. Thread-safe.
 */
public abstract class StackPart {
    private static final Duration START_PATIENCE = Duration.ofMinutes(2);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);
    private static final Duration HELPER_PATIENCE = Duration.ofMinutes(10);
    private static final int SHOWN_LOG_LINES = 5;

    private final String name;
    private final String stopSignal;
    final LocalFolder folder;
    final LocalPorts ports;
    private final Children children;
    private @Nullable ChildProcess child;
    private @Nullable ChildProcess helper;
    private @Nullable Consumer<ChildProcess> onDeath;

    StackPart(
            String name,
            String stopSignal,
            LocalFolder folder,
            LocalPorts ports,
            Children children) {
        this.name = name;
        this.stopSignal = stopSignal;
        this.folder = folder;
        this.ports = ports;
        this.children = children;
    }

    /** What to run now; files that it needs are there when this returns. */
    abstract Launch launch();

    /** Whether it answers; called until it does. */
    abstract boolean ready();

    public final String name() {
        return name;
    }

    /** Starts the program and returns at once; does nothing while it runs. */
    public final synchronized void start() {
        if (child != null && child.alive()) {
            return;
        }
        Launch launch = launch();
        ChildProcess started =
                children.spawn(
                        name, launch.command(), launch.environment(), folder.log(name), stopSignal);
        child = started;
        var unused = started.exit().thenRun(() -> ended(started));
    }

    /**
     * Returns when the program answers. Refuses, with its last log lines, when it ends or takes too
     * long.
     */
    public final void awaitReady() {
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (!ready()) {
            ChildProcess current = running();
            if (current == null || !current.alive()) {
                throw new CannotGoOn(
                        "%s stopped while it was starting%s. %s"
                                .formatted(name, howEnded(current), evidence(current)));
            }
            if (System.nanoTime() > deadline) {
                throw new CannotGoOn(
                        "%s is not ready after %d s. %s"
                                .formatted(name, START_PATIENCE.toSeconds(), evidence(current)));
            }
            pause(Duration.ofMillis(50));
        }
    }

    /** Asks the program to end, waits for it, and ends it by force when it does not. */
    public final void stop() {
        ChildProcess current;
        ChildProcess helping;
        synchronized (this) {
            current = child;
            child = null;
            helping = helper;
            helper = null;
        }
        if (helping != null) {
            helping.end("KILL", STOP_PATIENCE);
        }
        if (current != null) {
            current.end(stopSignal, STOP_PATIENCE);
        }
    }

    /**
     * Runs another program behind all other work, until it has ended or this part is stopped; tells
     * whether it ended well.
     */
    final boolean runBehind(String purpose, List<String> command) {
        List<String> behind = new ArrayList<>(List.of("nice", "-n", "19"));
        behind.addAll(command);
        ChildProcess started;
        synchronized (this) {
            started =
                    children.spawn(
                            name + "-" + purpose, behind, Map.of(), folder.log(name), "KILL");
            helper = started;
        }
        if (!started.goneWithin(HELPER_PATIENCE)) {
            started.end("KILL", STOP_PATIENCE);
        }
        return started.exit().join() == 0;
    }

    /**
     * SIGKILL, and returns when the process is gone: what a crash is. A supervised part is started
     * again.
     */
    public final void kill() {
        ChildProcess current = running();
        if (current != null) {
            current.signal("KILL");
            current.goneWithin(Duration.ofSeconds(10));
        }
    }

    /** Sends a signal by its name without SIG, such as STOP and CONT. */
    public final void signal(String signal) {
        ChildProcess current = running();
        if (current != null) {
            current.signal(signal);
        }
    }

    /** The same to all that the program has started, too: a database is many processes. */
    public final void signalAll(String signal) {
        ChildProcess current = running();
        if (current != null) {
            current.signal(signal);
            ProcessHandle.of(current.pid()).stream()
                    .flatMap(ProcessHandle::descendants)
                    .forEach(process -> ChildProcess.signal(process.pid(), signal));
        }
    }

    /** Whether its process is there; a frozen one is. */
    public final boolean alive() {
        ChildProcess current = running();
        return current != null && current.alive();
    }

    /** The process id, or -1 when it does not run. */
    public final long pid() {
        ChildProcess current = running();
        return current == null ? -1 : current.pid();
    }

    final synchronized void onDeath(Consumer<ChildProcess> told) {
        onDeath = told;
    }

    private synchronized @Nullable ChildProcess running() {
        return child;
    }

    private void ended(ChildProcess ended) {
        Consumer<ChildProcess> told;
        synchronized (this) {
            told = ended == child ? onDeath : null;
        }
        if (told != null) {
            told.accept(ended);
        }
    }

    /** The last log lines and where the rest is. */
    final String evidence(@Nullable ChildProcess of) {
        List<String> lines = of == null ? List.of() : of.lastLines(SHOWN_LOG_LINES);
        String log = "Its log: " + folder.shown(folder.log(name));
        return lines.isEmpty()
                ? log
                : log + ", which ends with\n    " + String.join("\n    ", lines);
    }

    static String howEnded(@Nullable ChildProcess ended) {
        if (ended == null || ended.alive()) {
            return "";
        }
        int code = ended.exit().join();
        return code == 128 + 9 ? " (killed)" : " (exit code " + code + ")";
    }

    static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotGoOn("Interrupted.", e);
        }
    }
}

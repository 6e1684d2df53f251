package io.rapport.bench.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * CPU time that something has used so far, in microseconds and steps of usually 10 ms. Linux only:
 * empty elsewhere, and for a process that is gone.
 */
@FunctionalInterface
public interface CpuTime {
    OptionalLong micros();

    /** Of one process without its children. */
    static CpuTime ofProcess(long pid) {
        return () -> {
            try {
                return OptionalLong.of(Ticks.toMicros(stat(pid).own()));
            } catch (IOException unknown) {
                return OptionalLong.empty();
            }
        };
    }

    /** Of a process and all below it, those that have ended included. */
    static CpuTime ofTree(long pid) {
        return () -> {
            try {
                long ticks = stat(pid).withEndedChildren();
                for (long child : descendants(pid)) {
                    ticks += ticksOf(child);
                }
                return OptionalLong.of(Ticks.toMicros(ticks));
            } catch (IOException unknown) {
                return OptionalLong.empty();
            }
        };
    }

    /** Of this process. */
    static CpuTime ofThisProcess() {
        return ofProcess(ProcessHandle.current().pid());
    }

    /** Of everything that runs on the machine. */
    static CpuTime ofMachine() {
        return () -> {
            try (var lines = Files.lines(Path.of("/proc/stat"))) {
                return lines.findFirst()
                        .map(CpuTime::busyTicks)
                        .map(ticks -> OptionalLong.of(Ticks.toMicros(ticks)))
                        .orElse(OptionalLong.empty());
            } catch (IOException unknown) {
                return OptionalLong.empty();
            }
        };
    }

    /**
     * The line {@code cpu user nice system idle iowait irq softirq steal …} without idle and
     * iowait.
     */
    static long busyTicks(String line) {
        long[] ticks =
                Arrays.stream(line.split("\\s+")).skip(1).mapToLong(Long::parseLong).toArray();
        return LongStream.of(0, 1, 2, 5, 6, 7).map(i -> ticks[(int) i]).sum();
    }

    private static long[] descendants(long pid) {
        return ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::descendants)
                .mapToLong(ProcessHandle::pid)
                .toArray();
    }

    /** A child that has just ended is counted by its parent. */
    private static long ticksOf(long child) {
        try {
            return stat(child).withEndedChildren();
        } catch (IOException ended) {
            return 0;
        }
    }

    private static ProcStat stat(long pid) throws IOException {
        return ProcStat.parse(
                Files.readString(
                        Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1));
    }
}

package io.rapport.bench.measure;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * How long the disk of a folder takes to make 8 KiB durable, the way PostgreSQL writes its log:
 * overwriting blocks of a file that has its size already, each followed by fdatasync.
 */
public final class FsyncProbe {
    private static final int BLOCK_BYTES = 8192;
    private static final int BLOCKS = 2048;

    private FsyncProbe() {}

    /** Nanoseconds of each write with its fdatasync. */
    public static Histogram run(Path folder, Duration time) throws IOException {
        Path file = Files.createTempFile(folder, "fsync-", ".probe");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
            for (int i = 0; i < BLOCKS; i++) {
                channel.write(block.clear());
            }
            channel.force(true);
            Histogram nanos = Latencies.empty();
            long end = System.nanoTime() + time.toNanos();
            for (int i = 0; System.nanoTime() < end; i++) {
                long begun = System.nanoTime();
                channel.write(block.clear(), (long) (i % BLOCKS) * BLOCK_BYTES);
                channel.force(false);
                nanos.recordValue(System.nanoTime() - begun);
            }
            return nanos;
        } finally {
            Files.delete(file);
        }
    }
}

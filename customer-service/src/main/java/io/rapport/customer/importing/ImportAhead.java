package io.rapport.customer.importing;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a step, and while it is written those of the next one: on a thread that asks
 * the database for nothing and ends with them. At most one step is ahead, of one import, so that
 * memory grows neither with a file nor with the imports. Thread-safe.
 */
@ApplicationScoped
class ImportAhead {

    /** More than a row may have, so that each step finds a row's end. */
    private static final int SLICE_BYTES = 256 * 1024;

    /** Rows of an import from a place on, as soon as they are read. */
    private record Rows(UUID id, Place from, int most, CompletableFuture<RowsRead> read) {

        boolean are(ImportJob job, int wanted) {
            return from.equals(job.place()) && most == wanted;
        }

        RowsRead await() {
            try {
                return read.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
                throw e;
            }
        }
    }

    private final ImportParts parts;
    private final ImportReading reading;
    private final ImportRules rules;
    private final ImportConfig config;
    private final AtomicReference<@Nullable Rows> ahead = new AtomicReference<>();
    private volatile @Nullable Place unclaimed;

    ImportAhead(ImportParts parts, ImportReading reading, ImportRules rules, ImportConfig config) {
        this.parts = parts;
        this.reading = reading;
        this.rules = rules;
        this.config = config;
    }

    /**
     * At most so many rows, from where the import has come to. What was read ahead from another
     * place is dropped: a step was taken back, or others have worked on the import.
     */
    RowsRead read(ImportJob job, int most) {
        Rows taken = take(job.told().id());
        if (taken != null && taken.are(job, most)) {
            return taken.await();
        }
        Place place = job.place();
        byte[] slice = slice(job, place);
        return reading.read(job, place, slice, isLast(job, place, slice), most);
    }

    /**
     * Begins to read what stands behind these rows, which are to be written now; not while the rows
     * of another import wait for their turn.
     */
    void readBehind(ImportJob job, RowsRead read) {
        if (read.atEnd() || ahead.get() != null) {
            return;
        }
        Place place = read.after(job.place());
        byte[] slice = slice(job, place);
        int most = config.rowsPerTransaction();
        Rows next = new Rows(job.told().id(), place, most, new CompletableFuture<>());
        if (ahead.compareAndSet(null, next)) {
            boolean last = isLast(job, place, slice);
            next.read.completeAsync(
                    () -> drafted(job, reading.read(job, place, slice, last, most)),
                    task -> Thread.ofPlatform().daemon().name("import-ahead").start(task));
        }
    }

    /** Drops what was read ahead of an import that is not read any more. */
    void forget(UUID id) {
        take(id);
    }

    /** Nor does it hold for long what another replica has taken in. */
    @Scheduled(every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void forgetUnclaimed() {
        Rows held = ahead.get();
        if (held != null && held.from.equals(unclaimed)) {
            ahead.compareAndSet(held, null);
            held = null;
        }
        unclaimed = held == null ? null : held.from;
    }

    /** Whether rows of this import wait for their turn. */
    boolean holds(UUID id) {
        Rows held = ahead.get();
        return held != null && held.id.equals(id);
    }

    private @Nullable Rows take(UUID id) {
        Rows held = ahead.get();
        return held != null && held.id.equals(id) && ahead.compareAndSet(held, null) ? held : null;
    }

    private byte[] slice(ImportJob job, Place place) {
        return parts.slice(job.told().id(), place.bytes(), SLICE_BYTES);
    }

    private static boolean isLast(ImportJob job, Place place, byte[] slice) {
        return place.bytes() + slice.length == job.told().bytes();
    }

    /** Where most rows so far were new customers the next ones are taken for such, too. */
    private RowsRead drafted(ImportJob job, RowsRead read) {
        return job.makesCustomers() ? read.with(rules::drafted) : read;
    }
}

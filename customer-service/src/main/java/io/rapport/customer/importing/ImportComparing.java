package io.rapport.customer.importing;

import io.rapport.customer.duplicate.SimilarCustomers;
import io.rapport.customer.profile.WrittenCustomers.Written;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/**
 * Compares the customers of an import with those who are like them, once all rows were read, some
 * in each step: what is found, and up to whom it has come, are one transaction, which holds the
 * import's row.
 */
@ApplicationScoped
class ImportComparing {

    private final ImportRows imports;
    private final ImportParts parts;
    private final ImportedCustomers written;
    private final SimilarCustomers similar;
    private final ImportConfig config;
    private final Clock clock;

    ImportComparing(
            ImportRows imports,
            ImportParts parts,
            ImportedCustomers written,
            SimilarCustomers similar,
            ImportConfig config,
            Clock clock) {
        this.imports = imports;
        this.parts = parts;
        this.written = written;
        this.similar = similar;
        this.config = config;
        this.clock = clock;
    }

    /** Notes whom of these to compare; answers how many there are that were not noted before. */
    int note(UUID id, List<Written> each) {
        return written.add(id, similar.toCompare(each));
    }

    /**
     * Deletes what was uploaded, which nobody reads any more, then compares at most so many; after
     * the last one the import has ended. The customers go last: who erases one holds the locks that
     * comparing it waits for.
     */
    boolean advance(ImportJob job, int most) {
        UUID id = job.told().id();
        if (parts.deleteSome(id)) {
            return true;
        }
        List<UUID> next = next(job, Math.min(most, config.comparedPerTransaction()));
        if (next.isEmpty()) {
            imports.end(id, ImportState.COMPLETED, null, clock.instant());
        } else {
            similar.compare(next);
            moveOn(job, next, next.size());
        }
        return true;
    }

    /** Leaves the next one out, which cannot be compared. */
    boolean passOver(ImportJob job) {
        List<UUID> next = next(job, 1);
        if (!next.isEmpty()) {
            moveOn(job, next, 0);
        }
        return true;
    }

    private List<UUID> next(ImportJob job, int most) {
        return written.after(job.told().id(), job.comparedTo(), most);
    }

    private void moveOn(ImportJob job, List<UUID> passed, int compared) {
        UUID id = job.told().id();
        UUID last = passed.getLast();
        written.deleteTo(id, job.comparedTo(), last);
        imports.moveOn(id, last, compared);
    }

    /** Deletes some of what an import that has ended holds; false when it holds nothing. */
    boolean deleteSome(UUID id) {
        return parts.deleteSome(id) || written.deleteSome(id);
    }
}

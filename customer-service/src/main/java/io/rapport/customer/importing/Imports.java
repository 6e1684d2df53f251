package io.rapport.customer.importing;

import io.rapport.customer.importing.CustomerImport.Comparison;
import io.rapport.customer.importing.CustomerImport.Rows;
import io.rapport.customer.importing.ImportParts.Extent;
import io.rapport.customer.profile.ChangeActor;
import io.rapport.platform.Ids;
import io.rapport.platform.Refusal;
import io.rapport.platform.timer.Timers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Makes imports, takes their parts, starts and cancels them. Each holds the import's row. */
@ApplicationScoped
class Imports {

    private final ImportRows rows;
    private final ImportParts parts;
    private final ImportConfig config;
    private final ChangeActor actor;
    private final Timers timers;
    private final Clock clock;

    Imports(
            ImportRows rows,
            ImportParts parts,
            ImportConfig config,
            ChangeActor actor,
            Timers timers,
            Clock clock) {
        this.rows = rows;
        this.parts = parts;
        this.config = config;
        this.actor = actor;
        this.timers = timers;
        this.clock = clock;
    }

    CustomerImport require(UUID id) {
        return rows.find(id).orElseThrow(Imports::unknown);
    }

    @Transactional(TxType.MANDATORY)
    CustomerImport make(NewImport given) {
        if (rows.countUnfinished() >= config.unfinished()) {
            throw Refusal.conflict(
                    "too-many-imports",
                    "Not more than %d imports are uploaded or run at once. Cancel one, or wait until one has ended."
                            .formatted(config.unfinished()));
        }
        Instant now = now();
        CustomerImport made =
                new CustomerImport(
                        Ids.next(),
                        given.format(),
                        given.mode(),
                        given.dryRun(),
                        given.columns(),
                        ImportState.UPLOADING,
                        null,
                        now,
                        null,
                        null,
                        now.plus(config.kept()),
                        0,
                        0,
                        new Rows(0, 0, 0, 0, 0),
                        new Comparison(0, 0, null));
        rows.insert(made, given.delimiter(), actor.current());
        timers.set(ImportExpiry.KIND, made.id(), made.expiresAt());
        return made;
    }

    /** Keeps a part, in place of what was put under its number before. */
    @Transactional
    CustomerImport put(UUID id, int number, byte[] content) {
        if (hold(id).state() != ImportState.UPLOADING) {
            throw Refusal.conflict("import-has-started", "What was started takes no more parts.");
        }
        parts.put(id, number, content);
        long bytes = parts.extent(id).bytes();
        if (bytes > config.maxBytes()) {
            throw Refusal.tooLarge(
                    "import-too-large",
                    "An import has at most %d bytes. Upload the rest as another one."
                            .formatted(config.maxBytes()));
        }
        rows.setBytes(id, bytes);
        return require(id);
    }

    /** Starts what was uploaded; one that was started before goes on as it does. */
    @Transactional
    CustomerImport start(UUID id) {
        if (hold(id).state() != ImportState.UPLOADING) {
            return require(id);
        }
        Extent extent = parts.extent(id);
        if (extent.bytes() == 0) {
            throw Refusal.conflict("nothing-uploaded", "Put the parts of the file first.");
        }
        if (extent.parts() != extent.highest()) {
            throw Refusal.conflict(
                    "parts-missing",
                    "Parts are numbered from 1 without a gap: there are %d, and the highest is %d."
                            .formatted(extent.parts(), extent.highest()));
        }
        rows.start(id, now());
        timers.set(ImportTimer.KIND, id, clock.instant());
        return require(id);
    }

    /** Ends what has not ended; rows that were taken in stay, and what was uploaded is deleted. */
    @Transactional
    CustomerImport cancel(UUID id) {
        if (!hold(id).state().hasEnded()) {
            rows.end(id, ImportState.CANCELLED, null, now());
            timers.set(ImportTimer.KIND, id, clock.instant());
        }
        return require(id);
    }

    private CustomerImport hold(UUID id) {
        return rows.hold(id).orElseThrow(Imports::unknown).told();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static Refusal unknown() {
        return Refusal.notFound("unknown-import", "There is no import with this id any more.");
    }
}

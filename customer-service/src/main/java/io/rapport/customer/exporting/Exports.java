package io.rapport.customer.exporting;

import io.rapport.customer.profile.ChangeActor;
import io.rapport.platform.Ids;
import io.rapport.platform.Refusal;
import io.rapport.platform.timer.Timers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import jakarta.ws.rs.core.StreamingOutput;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Makes exports, gives their files and cancels them. */
@ApplicationScoped
class Exports {

    private final ExportRows rows;
    private final ExportConfig config;
    private final ChangeActor actor;
    private final Timers timers;
    private final Clock clock;

    Exports(ExportRows rows, ExportConfig config, ChangeActor actor, Timers timers, Clock clock) {
        this.rows = rows;
        this.config = config;
        this.actor = actor;
        this.timers = timers;
        this.clock = clock;
    }

    CustomerExport require(UUID id) {
        return rows.find(id).orElseThrow(Exports::unknown);
    }

    @Transactional(TxType.MANDATORY)
    CustomerExport make(NewExport given) {
        if (rows.countKept() >= config.atOnce()) {
            throw Refusal.conflict(
                    "too-many-exports",
                    "Not more than %d exports are kept at once. Cancel one that is not needed any more."
                            .formatted(config.atOnce()));
        }
        Instant now = now();
        CustomerExport made =
                new CustomerExport(
                        Ids.next(),
                        given.format(),
                        given.source(),
                        ExportState.RUNNING,
                        now,
                        null,
                        now.plus(config.kept()),
                        0,
                        0);
        rows.insert(made, actor.current().subject());
        timers.set(ExportWork.KIND, made.id(), now);
        timers.set(ExportExpiry.KIND, made.id(), made.expiresAt());
        return made;
    }

    /** Ends an export, and deletes what it holds. */
    @Transactional
    CustomerExport cancel(UUID id) {
        if (rows.hold(id).isEmpty()) {
            throw unknown();
        }
        rows.end(id, ExportState.CANCELLED, now());
        timers.set(ExportWork.KIND, id, now());
        return require(id);
    }

    /** The file, read part by part while it is sent; cut off when it is deleted meanwhile. */
    StreamingOutput content(CustomerExport export) {
        if (export.state() != ExportState.COMPLETED) {
            throw Refusal.conflict(
                    "export-has-no-file",
                    "An export has a file once it is COMPLETED, until it is cancelled.");
        }
        return out -> {
            long left = export.bytes();
            for (int number = 1; left > 0; number++) {
                byte[] part = rows.part(export.id(), number).orElseThrow(Exports::unknown);
                out.write(part);
                left -= part.length;
            }
        };
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static Refusal unknown() {
        return Refusal.notFound("unknown-export", "There is no export with this id any more.");
    }
}

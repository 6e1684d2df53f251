package io.rapport.customer.exporting;

import io.rapport.platform.timer.Timers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes back files that may hold customers who are erased. */
@ApplicationScoped
public class WrittenExports {

    private final ExportRows rows;
    private final Timers timers;
    private final Clock clock;

    WrittenExports(ExportRows rows, Timers timers, Clock clock) {
        this.rows = rows;
        this.timers = timers;
        this.clock = clock;
    }

    /**
     * Cancels exports that have come to {@code first} in the order of ids, which nobody reads any
     * more then, and has what they hold deleted; answers by when the last of it is gone, whoever
     * cancelled it: that is within seconds, and at the latest when the export expires. Null when
     * there is nothing. Waits for those that write in this moment; none begins until the
     * transaction ends, so that each reads the customers as they are then.
     */
    @Transactional(TxType.MANDATORY)
    public @Nullable Instant cancelFrom(UUID first) {
        rows.holdKept();
        for (UUID id : rows.atOrAfter(first)) {
            rows.end(id, ExportState.CANCELLED, clock.instant());
            timers.set(ExportWork.KIND, id, clock.instant());
        }
        return rows.cancelledUntil();
    }
}

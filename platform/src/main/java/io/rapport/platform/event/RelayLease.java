package io.rapport.platform.event;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.OptionalLong;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * Who may relay, by the database's clock. The epoch rises with each take-over; whatever the holder
 * writes checks it, so a holder that was frozen beyond its lease finds out.
 */
@ApplicationScoped
class RelayLease {

    private static final String ACQUIRE =
            """
            UPDATE relay_lease
            SET holder = ?,
                epoch = epoch + CASE WHEN holder = ? THEN 0 ELSE 1 END,
                until = clock_timestamp() + ?
            WHERE holder = ? OR until < clock_timestamp()
            RETURNING epoch""";

    private final Jdbi jdbi;
    private final RelayConfig config;
    private final UUID holder = UUID.randomUUID();

    RelayLease(Jdbi jdbi, RelayConfig config) {
        this.jdbi = jdbi;
        this.config = config;
    }

    UUID holder() {
        return holder;
    }

    /** Takes or renews the lease; the epoch, or nothing while somebody else holds it. */
    OptionalLong acquire() {
        return jdbi.withHandle(
                        handle ->
                                handle.select(ACQUIRE, holder, holder, config.lease(), holder)
                                        .mapTo(Long.class)
                                        .findOne())
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    /** Lets the next one take over at once. */
    void release() {
        jdbi.useHandle(
                h ->
                        h.execute(
                                "UPDATE relay_lease SET until = '-infinity' WHERE holder = ?",
                                holder));
    }
}

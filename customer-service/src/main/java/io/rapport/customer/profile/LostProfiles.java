package io.rapport.customer.profile;

import io.rapport.customer.CustomerEvent;
import io.rapport.operations.restore.SnapshotSource;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.event.Outbox;
import io.rapport.platform.event.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Tells anew the profile of a customer whose later versions were lost in a restore. One who is not
 * known any more, or was erased, gets a tombstone, which sets the identities free in every
 * directory.
 */
@ApplicationScoped
public class LostProfiles implements SnapshotSource {

    private final CustomerRows rows;
    private final MergeLinks links;
    private final ChangeLog changeLog;
    private final Outbox outbox;
    private final Clock clock;

    LostProfiles(
            CustomerRows rows, MergeLinks links, ChangeLog changeLog, Outbox outbox, Clock clock) {
        this.rows = rows;
        this.links = links;
        this.changeLog = changeLog;
        this.outbox = outbox;
        this.clock = clock;
    }

    @Override
    public Topic topic() {
        return Topic.PROFILES;
    }

    @Override
    @Transactional(TxType.MANDATORY)
    public void republish(UUID id, long version) {
        rows.lock(id);
        Optional<CustomerRow> held = rows.named(CustomerReference.parse(id.toString()));
        if (held.isEmpty()) {
            outbox.tombstone(Topic.PROFILES, id, version + 1);
            return;
        }
        Customer customer = held.get().customer();
        if (customer.status() == CustomerStatus.ERASED) {
            long last = Math.max(version, customer.version()) + 1;
            rows.raise(id, last, clock.instant());
            outbox.tombstone(Topic.PROFILES, id, last);
            return;
        }
        long sequence =
                outbox.publish(new CustomerEvent.Changed(id, clock.instant(), Contents.MEMBERS))
                        .sequence();
        // Versions go on side by side with the log, as if none had been lost.
        long next = Math.max(sequence, Math.max(version, customer.version()) + 1);
        rows.raise(id, next, clock.instant());
        Merged raised = links.of(id);
        changeLog.record(raised.view(), List.of(Change.beginning(raised.view())));
        outbox.snapshot(Topic.PROFILES, id, next, ProfileSnapshot.of(raised));
    }
}

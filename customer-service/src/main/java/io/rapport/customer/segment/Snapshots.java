package io.rapport.customer.segment;

import io.rapport.customer.profile.ChangeActor;
import io.rapport.platform.Ids;
import io.rapport.platform.Refusal;
import io.rapport.platform.timer.TimerAction;
import io.rapport.platform.timer.Timers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps the members of a moment, and deletes them after a time, some in each transaction. */
@ApplicationScoped
public class Snapshots implements TimerAction {

    private static final String KIND = "segment-snapshot-expiry";
    private static final int DELETED_AT_ONCE = 10_000;

    private final Segments segments;
    private final SnapshotRows rows;
    private final SegmentConfig config;
    private final ChangeActor actor;
    private final Timers timers;
    private final Clock clock;

    Snapshots(
            Segments segments,
            SnapshotRows rows,
            SegmentConfig config,
            ChangeActor actor,
            Timers timers,
            Clock clock) {
        this.segments = segments;
        this.rows = rows;
        this.config = config;
        this.actor = actor;
        this.timers = timers;
        this.clock = clock;
    }

    /**
     * 409 while the segment is being decided anew, when it has too many members, and when it has as
     * many snapshots as it may have. Whoever makes one of this segment, or changes it, waits: so
     * that they are counted, and the members are those of the version that is told.
     */
    @Transactional
    SnapshotView make(String segment) {
        Segment found = segments.hold(segment);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        if (rows.count(segment, now, config.snapshots()) >= config.snapshots()) {
            throw Refusal.conflict(
                    "too-many-snapshots",
                    "It has as many snapshots as a segment can have. Each is deleted when it expires.");
        }
        if (found.build() != null) {
            throw Refusal.conflict(
                    "segment-building",
                    "Its members are being decided anew. Ask again when its state is READY.");
        }
        UUID id = Ids.next();
        int members = rows.copy(id, segment, config.snapshotMembers() + 1);
        if (members > config.snapshotMembers()) {
            throw Refusal.conflict(
                    "segment-too-large", "It has more members than a snapshot can hold.");
        }
        SnapshotView made =
                new SnapshotView(
                        id,
                        segment,
                        found.version(),
                        members,
                        actor.current().subject(),
                        now,
                        now.plus(config.snapshotsKept()));
        rows.insert(made);
        timers.set(KIND, id, made.expiresAt());
        return made;
    }

    SnapshotView require(String segment, String id) {
        try {
            return rows.find(segment, UUID.fromString(id), clock.instant())
                    .orElseThrow(Snapshots::unknown);
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }

    List<SnapshotView> page(String segment, @Nullable UUID before, int limit) {
        return rows.page(segment, clock.instant(), before, limit);
    }

    private static Refusal unknown() {
        return Refusal.notFound(
                "unknown-snapshot", "The segment has no snapshot with this id, or not any more.");
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public boolean isWork() {
        return true;
    }

    @Override
    public void fire(UUID subject, Instant due) {
        if (rows.deleteSome(subject, DELETED_AT_ONCE)) {
            timers.set(KIND, subject, clock.instant());
        }
    }
}

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
import java.util.UUID;

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

    /** 409 while the segment is being decided anew, and when it has too many members. */
    @Transactional
    SnapshotView make(String segment) {
        Segment found = segments.require(segment);
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
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
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
            return rows.find(segment, UUID.fromString(id)).orElseThrow(Snapshots::unknown);
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
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

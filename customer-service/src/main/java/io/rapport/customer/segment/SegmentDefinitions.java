package io.rapport.customer.segment;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The segments of now. What was made ready is kept, and used while the number of the last change in
 * the database is still that one, so that no replica decides by what another has changed.
 */
@ApplicationScoped
class SegmentDefinitions {

    private final SegmentRows rows;
    private final AtomicReference<SegmentSet> known = new AtomicReference<>();

    SegmentDefinitions(SegmentRows rows) {
        this.rows = rows;
    }

    /** Costs one short statement while nothing has changed. */
    SegmentSet current() {
        SegmentSet set = known.get();
        if (set != null && set.epoch() == rows.epoch()) {
            return set;
        }
        SegmentRows.All all = rows.all();
        SegmentSet read = SegmentSet.of(all.epoch(), all.segments(), all.attributes());
        known.set(read);
        return read;
    }
}

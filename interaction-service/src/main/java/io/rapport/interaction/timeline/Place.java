package io.rapport.interaction.timeline;

import io.rapport.interaction.Interaction;
import io.rapport.platform.http.Cursor;
import java.time.Instant;
import java.util.UUID;

/** A place in a timeline: at this interaction. Ids decide between interactions of the same time. */
record Place(Instant occurredAt, UUID id) {

    /**
     * Nothing occurs later; a cursor that somebody made up says any time, and the database has no
     * room for some.
     */
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    static Place of(Cursor cursor) {
        Instant time = cursor.instant(0);
        Instant bounded = time.isAfter(LATEST) ? LATEST : time.isBefore(EARLIEST) ? EARLIEST : time;
        return new Place(bounded, cursor.uuid(1));
    }

    static Cursor at(Interaction interaction) {
        return Cursor.of(interaction.occurredAt(), interaction.id());
    }
}

package io.rapport.interaction.timeline;

import io.rapport.interaction.Interaction;
import io.rapport.platform.http.Cursor;
import java.time.Instant;
import java.util.UUID;

/** A place in a timeline: at this interaction. Ids decide between interactions of the same time. */
record Place(Instant occurredAt, UUID id) {

    static Place of(Cursor cursor) {
        return new Place(cursor.instant(0), cursor.uuid(1));
    }

    static Cursor at(Interaction interaction) {
        return Cursor.of(interaction.occurredAt(), interaction.id());
    }
}

package io.rapport.interaction.fact;

import io.rapport.platform.http.Cursor;
import java.time.Instant;
import java.util.UUID;

/** A place in a list of facts: at this one. Ids decide between those told at the same time. */
public record FactPlace(Instant toldAt, UUID id) {

    /** Refuses a cursor that is none of facts. */
    public static FactPlace of(Cursor cursor) {
        return new FactPlace(cursor.instant(0), cursor.uuid(1));
    }

    /** The cursor of this fact. */
    public static Cursor at(Fact fact) {
        return Cursor.of(fact.toldAt(), fact.id());
    }
}

package io.rapport.interaction.promise;

import io.rapport.platform.http.Cursor;
import java.time.Instant;
import java.util.UUID;

/** A place in a list of promises: at this one. Ids decide between those due at the same time. */
public record DuePlace(Instant dueAt, UUID id) {

    /** Refuses a cursor that is none of promises. */
    public static DuePlace of(Cursor cursor) {
        return new DuePlace(cursor.instant(0), cursor.uuid(1));
    }

    /** The cursor of this promise. */
    public static Cursor at(Promise promise) {
        return Cursor.of(promise.dueAt(), promise.id());
    }
}

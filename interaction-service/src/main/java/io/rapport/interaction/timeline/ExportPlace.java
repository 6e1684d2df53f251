package io.rapport.interaction.timeline;

import io.rapport.interaction.Interaction;
import io.rapport.interaction.promise.DuePlace;
import io.rapport.platform.http.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * A place in an export: at an interaction, or after all of them, at a promise or before the first.
 */
record ExportPlace(
        boolean afterInteractions, @Nullable Place interaction, @Nullable DuePlace promise) {

    private static final String PROMISES = "promises";

    /** Where it begins. */
    static final ExportPlace BEGIN = new ExportPlace(false, null, null);

    static ExportPlace of(Cursor cursor) {
        if (!cursor.text(0).equals(PROMISES)) {
            return new ExportPlace(false, Place.of(cursor), null);
        }
        return new ExportPlace(
                true,
                null,
                cursor.keys().size() == 1 ? null : new DuePlace(cursor.instant(1), cursor.uuid(2)));
    }

    static Cursor at(Interaction interaction) {
        return Place.at(interaction);
    }

    /** After all interactions; before all promises where there is no last one. */
    static Cursor at(@Nullable DuePlace last) {
        return last == null ? Cursor.of(PROMISES) : Cursor.of(PROMISES, last.dueAt(), last.id());
    }
}

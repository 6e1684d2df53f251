package io.rapport.interaction.timeline;

import io.rapport.platform.http.Cursor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A place in an export: in one of its parts after this row, or before its first one. */
record ExportPlace(Part part, @Nullable Cursor last) {

    /** What an export has, one after the other. */
    enum Part {
        INTERACTIONS,
        PROMISES,
        FACTS
    }

    /** Where it begins. */
    static final ExportPlace BEGIN = new ExportPlace(Part.INTERACTIONS, null);

    static ExportPlace of(Cursor cursor) {
        Part part =
                Arrays.stream(Part.values())
                        .filter(one -> one.name().equals(cursor.text(0)))
                        .findFirst()
                        .orElse(Part.INTERACTIONS);
        List<String> keys = cursor.keys().subList(1, cursor.keys().size());
        return new ExportPlace(part, keys.isEmpty() ? null : new Cursor(keys));
    }

    Cursor cursor() {
        return new Cursor(
                Stream.concat(
                                Stream.of(part.name()),
                                last == null ? Stream.empty() : last.keys().stream())
                        .toList());
    }
}

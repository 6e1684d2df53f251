package io.rapport.platform.http;

import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Some rows of a list, and the cursor of the next page where there is one. */
public record Page<T>(
        List<T> items,
        @Schema(
                        description =
                                "Give it as `after` to get the next page; null on the last one.",
                        nullable = true)
                @Nullable String next) {

    public Page {
        items = List.copyOf(items);
    }

    /**
     * Makes a page of rows that were selected with one more than {@code limit}, so that it is known
     * whether more follow.
     *
     * @param filters the canonical text of the list and its filters, as given to {@link
     *     PageRequest#after}
     */
    public static <T> Page<T> of(
            List<T> limitPlusOneRows, int limit, String filters, Function<T, Cursor> last) {
        if (limitPlusOneRows.size() <= limit) {
            return new Page<>(limitPlusOneRows, null);
        }
        List<T> items = limitPlusOneRows.subList(0, limit);
        return new Page<>(items, last.apply(items.getLast()).encode(filters));
    }

    /** The same page with each item as something else. */
    public <R> Page<R> map(Function<? super T, ? extends R> view) {
        return new Page<>(items.stream().<R>map(view).toList(), next);
    }
}

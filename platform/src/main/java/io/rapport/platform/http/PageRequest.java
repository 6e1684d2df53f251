package io.rapport.platform.http;

import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import jakarta.ws.rs.QueryParam;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * How much of a list is asked for, and from where: 1 to 100 rows, 20 unless told otherwise. A
 * {@code @BeanParam}.
 */
public final class PageRequest {

    private static final int DEFAULT_LIMIT = 20;

    /** The most rows that a page has. */
    public static final int MAX_LIMIT = 100;

    @Parameter(
            description = "Rows on a page, at most.",
            schema =
                    @Schema(
                            type = SchemaType.INTEGER,
                            minimum = "1",
                            maximum = "100",
                            defaultValue = "20"))
    @QueryParam("limit")
    @Nullable String limit;

    @Parameter(description = "The `next` of the page before.")
    @QueryParam("after")
    @Nullable String after;

    /** For the framework, which fills in what the request says. */
    public PageRequest() {}

    PageRequest(@Nullable String limit, @Nullable String after) {
        this.limit = limit;
        this.after = after;
    }

    public int limit() {
        if (limit == null) {
            return DEFAULT_LIMIT;
        }
        if (limit.matches("[0-9]{1,3}")) {
            int rows = Integer.parseInt(limit);
            if (rows >= 1 && rows <= MAX_LIMIT) {
                return rows;
            }
        }
        throw Refusal.invalid(
                "invalid-limit",
                "A page has 1 to " + MAX_LIMIT + " rows.",
                new FieldError("limit", "must be a whole number from 1 to " + MAX_LIMIT));
    }

    /** One row more than the page, which tells whether another page follows. */
    public int limitPlusOne() {
        return limit() + 1;
    }

    /**
     * Where to go on, if the request says so; a cursor of another list or of other filters is
     * refused.
     *
     * @param filters canonical text of the list's name and of every filter in force, the caller's
     *     own ones too
     */
    public Optional<Cursor> after(String filters) {
        return Optional.ofNullable(after).map(text -> Cursor.decode(text, filters));
    }
}

package io.rapport.interaction.thread;

import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Into which thread a new interaction goes, as its source says: one that is there, or a new one.
 *
 * @param thread null for a new one
 */
public record ThreadChoice(@Nullable UUID thread) {

    public static final String RULE = "must be the id of a thread, or new";

    private static final String NEW = "new";
    private static final Pattern ID =
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);

    public static boolean isOne(String text) {
        return text.equals(NEW) || ID.matcher(text).matches();
    }

    /** {@code text}: one that {@link #isOne}. */
    public static ThreadChoice parse(String text) {
        return new ThreadChoice(text.equals(NEW) ? null : UUID.fromString(text));
    }

    /** The same for the same choice. */
    @Override
    public String toString() {
        return thread == null ? NEW : thread.toString();
    }
}

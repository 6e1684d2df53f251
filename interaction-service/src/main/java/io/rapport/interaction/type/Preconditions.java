package io.rapport.interaction.type;

import io.rapport.platform.Refusal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Entity tags made of a definition's version, and what {@code If-Match} asks of them. */
public final class Preconditions {

    private static final int MAX_HEADER = 1_000;

    private Preconditions() {}

    public static String tag(long version) {
        return "\"" + version + "\"";
    }

    /** Whether the header names this version, or any. */
    public static boolean names(@Nullable String header, long version) {
        return header != null
                && header.length() <= MAX_HEADER
                && Arrays.stream(header.split(",", -1))
                        .map(String::strip)
                        .anyMatch(tag -> tag.equals("*") || tag.equals(tag(version)));
    }

    /** 428 without {@code If-Match}, 412 with a stale one. */
    public static void requireMatch(@Nullable String ifMatch, long version) {
        if (ifMatch == null || ifMatch.isBlank()) {
            throw Refusal.preconditionRequired(
                    "if-match-required",
                    "Say in If-Match which version you change: the ETag that you have read.");
        }
        if (!names(ifMatch, version)) {
            throw Refusal.preconditionFailed(
                    "stale-version",
                    "It has changed since you read it. Read it again and repeat the change.");
        }
    }

    /** 412 with {@code If-Match}, which only updates, and 428 with neither header. */
    static void requireMayMake(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
        if (ifMatch != null) {
            throw Refusal.preconditionFailed(
                    "nothing-to-update",
                    "There is nothing under this code, and If-Match only updates.");
        }
        if (ifNoneMatch == null) {
            throw Refusal.preconditionRequired(
                    "precondition-required",
                    "Say If-None-Match: * to make it, or in If-Match which version you change.");
        }
    }
}

package io.rapport.customer.profile;

import io.rapport.platform.Refusal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Entity tags made of a customer's version, and the conditions that requests put on them (RFC 9110,
 * section 13).
 */
public final class ETags {

    /** For {@code If-Match}: whatever the version is. */
    static final String ANY = "*";

    private static final Pattern TAG = Pattern.compile("(W/)?\"([\\x21\\x23-\\x7e\\x80-\\xff]*)\"");
    private static final int MAX_HEADER = 1000;

    private ETags() {}

    /** The strong entity tag of {@code version}. */
    public static String of(long version) {
        return "\"" + version + "\"";
    }

    /**
     * Refuses a change that is not based on the current version: 428 without {@code If-Match}, 412
     * with a stale one.
     */
    public static void requireMatch(@Nullable String ifMatch, long currentVersion) {
        if (ifMatch == null || ifMatch.isBlank()) {
            throw Refusal.preconditionRequired(
                    "if-match-required",
                    "Say in If-Match which version you change: the ETag that you have read.");
        }
        if (!matches(ifMatch, currentVersion, true)) {
            throw Refusal.preconditionFailed(
                    "stale-version",
                    "It has changed since you read it. Read it again and repeat the change.");
        }
    }

    /**
     * Refuses to make what is not there yet unless {@code If-None-Match} says so: 412 with {@code
     * If-Match}, which only updates, and 428 with neither.
     */
    public static void requireMayMake(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
        if (ifMatch != null) {
            throw Refusal.preconditionFailed(
                    "nothing-to-update",
                    "There is nothing under this name, and If-Match only updates.");
        }
        if (ifNoneMatch == null) {
            throw Refusal.preconditionRequired(
                    "precondition-required",
                    "Say If-None-Match: * to make it, or in If-Match which version you change.");
        }
    }

    /**
     * Whether {@code If-None-Match} holds, so that the whole answer is due; false means that the
     * client has this version already and 304 is the answer.
     */
    public static boolean noneMatch(@Nullable String ifNoneMatch, long currentVersion) {
        return ifNoneMatch == null || !matches(ifNoneMatch, currentVersion, false);
    }

    private static boolean matches(String header, long version, boolean strongly) {
        if (header.length() > MAX_HEADER) {
            return false;
        }
        if (header.strip().equals(ANY)) {
            return true;
        }
        String current = Long.toString(version);
        Matcher tag = TAG.matcher(header);
        while (tag.find()) {
            boolean weak = tag.group(1) != null;
            if (current.equals(tag.group(2)) && !(weak && strongly)) {
                return true;
            }
        }
        return false;
    }
}

package io.rapport.platform.http;

import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import io.rapport.platform.event.Versions.Entry;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The text of {@code Rapport-Version} and {@code Rapport-At-Least}: one token for each stream and
 * customer, joined by commas. Opaque to clients, who send back what they were given.
 */
public final class VersionTokens {

    /** The header that answers carry. */
    public static final String VERSION = "Rapport-Version";

    /** The header by which a request asks for an answer that is no older. */
    public static final String AT_LEAST = "Rapport-At-Least";

    /** So that a merge of 50 and its survivor can be told, and sent back among other headers. */
    private static final int MAX_TOKENS = 128;

    private static final int MAX_TEXT = MAX_TOKENS * 120;
    private static final Pattern TOKEN =
            Pattern.compile(
                    "([a-z][a-z-]{0,39})/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/([1-9][0-9]{0,17})");

    private VersionTokens() {}

    /**
     * The tokens of these entries; empty when there are none, or more than a request could send
     * back.
     */
    public static String render(Collection<Entry> entries) {
        if (entries.size() > MAX_TOKENS) {
            return "";
        }
        return entries.stream()
                .sorted(
                        Comparator.comparing(Entry::stream)
                                .thenComparing(entry -> entry.customer().toString()))
                .map(VersionTokens::render)
                .collect(Collectors.joining(","));
    }

    /** The token of one entry, as result lines of a batch carry it. */
    public static String render(Entry entry) {
        return entry.stream() + "/" + entry.customer() + "/" + entry.sequence();
    }

    /** Reads what a client sent back. */
    static List<Entry> parse(String text) {
        String[] tokens = text.length() > MAX_TEXT ? new String[0] : text.split(",", -1);
        if (tokens.length == 0 || tokens.length > MAX_TOKENS) {
            throw invalid();
        }
        return Arrays.stream(tokens).map(String::strip).map(VersionTokens::parseOne).toList();
    }

    private static Entry parseOne(String token) {
        Matcher parts = TOKEN.matcher(token);
        if (!parts.matches()) {
            throw invalid();
        }
        return new Entry(
                parts.group(1), UUID.fromString(parts.group(2)), Long.parseLong(parts.group(3)));
    }

    private static Refusal invalid() {
        return Refusal.invalid(
                "invalid-version-token",
                "Send back the value of Rapport-Version as you were given it; at most "
                        + MAX_TOKENS
                        + ", joined by commas.",
                new FieldError(AT_LEAST, "must be the value of a Rapport-Version"));
    }
}

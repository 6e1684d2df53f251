package io.rapport.platform.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rapport.platform.Fingerprint;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * Where a page ended: the sort keys of its last row, which the next page begins after. Its text is
 * opaque to clients and bound to the list and filters that it was made for; with any other it is
 * refused. It grants nothing: the keys are only a place in a list whose rows are selected by the
 * caller's own filters.
 */
public record Cursor(List<String> keys) {

    private static final int SUM_BYTES = 12;
    private static final int MAX_TEXT = 1024;

    /** No list has rows beyond these; a cursor that somebody made up says any time. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private static final ObjectMapper JSON = new ObjectMapper();

    public Cursor {
        keys = List.copyOf(keys);
    }

    public static Cursor of(Object... keys) {
        return new Cursor(Arrays.stream(keys).map(Object::toString).toList());
    }

    /** The text for clients, good only together with the same canonical {@code filters}. */
    public String encode(String filters) {
        byte[] json = json(keys);
        byte[] all = Arrays.copyOf(sum(filters, json), SUM_BYTES + json.length);
        System.arraycopy(json, 0, all, SUM_BYTES, json.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    /** Reads what {@link #encode} wrote for the same filters; anything else is refused. */
    public static Cursor decode(String text, String filters) {
        if (text.length() > MAX_TEXT) {
            throw invalid();
        }
        try {
            byte[] all = Base64.getUrlDecoder().decode(text);
            if (all.length <= SUM_BYTES) {
                throw invalid();
            }
            byte[] json = Arrays.copyOfRange(all, SUM_BYTES, all.length);
            if (!Arrays.equals(sum(filters, json), Arrays.copyOf(all, SUM_BYTES))) {
                throw invalid();
            }
            String[] keys = JSON.readValue(json, String[].class);
            if (keys == null || Arrays.asList(keys).contains(null)) {
                throw invalid();
            }
            return new Cursor(List.of(keys));
        } catch (IllegalArgumentException | IOException e) {
            throw invalid();
        }
    }

    /** The key at {@code index} as text. */
    public String text(int index) {
        if (index >= keys.size()) {
            throw invalid();
        }
        return keys.get(index);
    }

    /** The key at {@code index} as an id. */
    public UUID uuid(int index) {
        return read(index, UUID::fromString);
    }

    /** The key at {@code index} as a time that a database has room for. */
    public Instant instant(int index) {
        Instant time = read(index, Instant::parse);
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw invalid();
        }
        return time;
    }

    /** The key at {@code index} as a whole number. */
    public long number(int index) {
        return read(index, Long::valueOf);
    }

    private <T> T read(int index, Function<String, T> reader) {
        try {
            return reader.apply(text(index));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw invalid();
        }
    }

    private static byte[] json(List<String> keys) {
        try {
            return JSON.writeValueAsBytes(keys);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a list of strings is always JSON", e);
        }
    }

    /** Tells a cursor of another list, and one that was damaged, from a good one. */
    private static byte[] sum(String filters, byte[] json) {
        byte[] all = new Fingerprint().add("filters", filters).addBytes("keys", json).toBytes();
        return Arrays.copyOf(all, SUM_BYTES);
    }

    private static Refusal invalid() {
        return Refusal.invalid(
                "invalid-cursor",
                "This cursor is not one that this list gave out with these filters. Begin without one.",
                new FieldError(
                        "after",
                        "must be the next of an earlier page of the same list and filters"));
    }
}

package io.rapport.interaction.type;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * How much JSON is taken in and kept: so many bytes and levels, text that a database can keep, and
 * no number that takes more room than it says, such as 1e999999.
 */
record JsonBounds(int maxBytes, int maxDepth) {

    private static final int MAX_DIGITS = 40;

    /** What is too much, or cannot be kept; nothing when it is as it must be. */
    Optional<String> objectionTo(JsonNode json) {
        if (deeperThan(json, maxDepth)) {
            return Optional.of("must be at most %d levels deep".formatted(maxDepth));
        }
        if (!isKeepable(json)) {
            return Optional.of(
                    "must have numbers of at most %d digits, and text without U+0000 and half surrogate pairs"
                            .formatted(MAX_DIGITS));
        }
        return json.toString().getBytes(StandardCharsets.UTF_8).length > maxBytes
                ? Optional.of("must have at most %,d bytes of UTF-8".formatted(maxBytes))
                : Optional.empty();
    }

    private static boolean deeperThan(JsonNode json, int levels) {
        if (!json.isContainerNode()) {
            return false;
        }
        if (levels == 0) {
            return true;
        }
        for (JsonNode child : json) {
            if (deeperThan(child, levels - 1)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isKeepable(JsonNode json) {
        for (Map.Entry<String, JsonNode> member : json.properties()) {
            if (!isKeepable(member.getKey()) || !isKeepable(member.getValue())) {
                return false;
            }
        }
        for (JsonNode element : json) {
            if (json.isArray() && !isKeepable(element)) {
                return false;
            }
        }
        return json.isNumber() ? isPlain(json.decimalValue()) : isKeepable(json.asText());
    }

    private static boolean isPlain(BigDecimal number) {
        return number.precision() <= MAX_DIGITS && Math.abs((long) number.scale()) <= MAX_DIGITS;
    }

    private static boolean isKeepable(String text) {
        return text.indexOf(0) < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}

package io.rapport.faults.topic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A record as it lies in a topic. Headers are text; of several with one name the last counts. */
public record Logged(
        Place place, @Nullable String key, Map<String, String> headers, @Nullable String value) {
    private static final JsonMapper JSON = new JsonMapper();

    /** Where a record lies. */
    public record Place(String topic, int partition, long offset) {
        @Override
        public String toString() {
            return topic + "-" + partition + "@" + offset;
        }
    }

    /** An attribute of the event; empty text when it is absent. */
    public String attribute(String name) {
        return Objects.requireNonNullElse(headers.get("ce_" + name), "");
    }

    public String id() {
        return attribute("id");
    }

    public String type() {
        return attribute("type");
    }

    public String customer() {
        return attribute("subject");
    }

    /** The customer's sequence, or 0 where there is none that can be read. */
    public long sequence() {
        return number("customersequence");
    }

    /** The version of a state, or 0 where there is none that can be read. */
    public long version() {
        return number("version");
    }

    /** The payload; missing where there is none, and refused where it is no JSON. */
    public JsonNode payload() {
        try {
            return JSON.readTree(value == null ? "" : value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(place + " holds no JSON", e);
        }
    }

    private long number(String name) {
        String text = attribute(name);
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }
}

package io.rapport.customer.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSON as the tables of customers keep it: absent instead of null. What is not known any more is
 * read over, so that rows outlive the version that wrote them.
 */
final class StoredJson {

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .defaultPropertyInclusion(
                            JsonInclude.Value.construct(
                                    JsonInclude.Include.NON_NULL, JsonInclude.Include.USE_DEFAULTS))
                    .build();

    private StoredJson() {}

    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what is to be stored is no JSON", e);
        }
    }

    static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    static JsonNode tree(String json) {
        return read(json, JsonNode.class);
    }

    static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw unreadable(e);
        }
    }

    static <T> T read(JsonNode json, Class<T> type) {
        try {
            return MAPPER.treeToValue(json, type);
        } catch (JsonProcessingException e) {
            throw unreadable(e);
        }
    }

    /** The elements of an array; none when there is no array. */
    static <T> List<T> list(@Nullable String array, Class<T[]> type) {
        return array == null || array.equals("[]") ? List.of() : List.of(read(array, type));
    }

    /** Without the cause, whose message may quote what is stored. */
    private static IllegalStateException unreadable(JsonProcessingException failure) {
        return new IllegalStateException(
                "what is stored is no JSON of its kind: " + failure.getClass().getName());
    }
}

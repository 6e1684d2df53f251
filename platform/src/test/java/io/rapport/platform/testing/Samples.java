package io.rapport.platform.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The contract of each event: one golden payload a type, {@code samples/<type>.json}, with every
 * optional field present. The producer asserts that it writes this shape, every consumer is fed it.
 */
public final class Samples {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Samples() {}

    /** The payload as JSON text. */
    public static String of(String type) {
        String name = "samples/" + type + ".json";
        try (InputStream sample = Samples.class.getClassLoader().getResourceAsStream(name)) {
            if (sample == null) {
                throw new AssertionError("No " + name + ": a new event needs its sample first");
            }
            return new String(sample.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails unless the payload has just the sample's fields, each with the sample's JSON type. */
    public static void assertSameShape(String type, String payload) {
        SortedMap<String, String> expected = shape(of(type));
        SortedMap<String, String> actual = shape(payload);
        if (!expected.equals(actual)) {
            throw new AssertionError(
                    "%s has not the shape of its sample%n sample: %s%n actual: %s"
                            .formatted(type, expected, actual));
        }
    }

    private static SortedMap<String, String> shape(String json) {
        try {
            SortedMap<String, String> shape = new TreeMap<>();
            collect("", JSON.readTree(json), shape);
            return shape;
        } catch (JsonProcessingException e) {
            throw new AssertionError("Not JSON: " + json, e);
        }
    }

    private static void collect(String path, JsonNode node, Map<String, String> shape) {
        if (node.isObject()) {
            node.properties()
                    .forEach(
                            field -> collect(path + "/" + field.getKey(), field.getValue(), shape));
        } else if (node.isArray()) {
            node.forEach(element -> collect(path + "/*", element, shape));
        } else {
            String kind = node.isIntegralNumber() ? "INTEGER" : node.getNodeType().name();
            shape.merge(path, kind, (one, other) -> one.equals(other) ? one : one + "|" + other);
        }
    }
}

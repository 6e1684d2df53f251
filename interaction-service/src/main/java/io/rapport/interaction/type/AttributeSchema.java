package io.rapport.interaction.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.rapport.platform.Refusal.FieldError;
import java.util.List;
import java.util.Optional;

/**
 * The JSON Schema of a type's attributes, ready to check some. What it refuses is told by pointer
 * and keyword, never by value. Thread-safe.
 */
public record AttributeSchema(String text, JsonSchema schema) {

    private static final JsonBounds BOUNDS = new JsonBounds(10_000, 8);
    private static final int MAX_ERRORS = 20;
    private static final JsonSchemaFactory FACTORY =
            JsonSchemaFactory.getInstance(VersionFlag.V202012);
    private static final SchemaValidatorsConfig CONFIG =
            SchemaValidatorsConfig.builder().pathType(PathType.JSON_POINTER).build();

    /** {@code text}: a schema that was taken in by {@link SchemaRules}. */
    public static AttributeSchema of(String text) {
        return new AttributeSchema(text, FACTORY.getSchema(text, CONFIG));
    }

    /** What no attributes of any type may be: too large, too deep, or not to be kept. */
    public static Optional<String> objectionToSize(JsonNode attributes) {
        return attributes.isObject()
                ? BOUNDS.objectionTo(attributes)
                : Optional.of("must be an object");
    }

    /** What the schema says against them, by pointers below {@code pointer}. */
    public List<FieldError> objectionsTo(ObjectNode attributes, String pointer) {
        return schema.validate(attributes).stream()
                .map(message -> error(pointer, message))
                .distinct()
                .limit(MAX_ERRORS)
                .toList();
    }

    private static FieldError error(String pointer, ValidationMessage message) {
        String place = pointer + message.getInstanceLocation();
        String property = message.getProperty();
        String below =
                property == null
                        ? place
                        : place + "/" + property.replace("~", "~0").replace("/", "~1");
        return switch (message.getType()) {
            case "required", "dependentRequired" -> new FieldError(below, "is missing");
            case "additionalProperties" ->
                    new FieldError(below, "is not among the attributes of this type");
            default ->
                    new FieldError(
                            place,
                            "does not meet '%s' of the schema of its type"
                                    .formatted(message.getType()));
        };
    }
}

package io.rapport.interaction.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.rapport.platform.Refusal.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which JSON Schemas a type may have: draft 2020-12, bounded, and made of keywords that are checked
 * in a time that their size bounds. So neither references, which could go in circles or be fetched
 * from elsewhere, nor patterns, which could take for ever; and a keyword that nobody knows is
 * refused instead of ignored.
 */
final class SchemaRules {

    private static final JsonBounds BOUNDS = new JsonBounds(20_000, 16);
    private static final int MAX_ERRORS = 20;

    /** Nowhere else: below, the validator would fetch what it names. */
    private static final String DRAFT_NAME = "/schema/$schema";

    private static final Set<String> PLAIN =
            Set.of(
                    "$comment",
                    "title",
                    "description",
                    "default",
                    "examples",
                    "deprecated",
                    "format",
                    "type",
                    "enum",
                    "const",
                    "required",
                    "dependentRequired",
                    "minimum",
                    "maximum",
                    "exclusiveMinimum",
                    "exclusiveMaximum",
                    "multipleOf",
                    "minLength",
                    "maxLength",
                    "minItems",
                    "maxItems",
                    "uniqueItems",
                    "minContains",
                    "maxContains",
                    "minProperties",
                    "maxProperties");
    private static final Set<String> OF_ONE_SCHEMA =
            Set.of(
                    "items",
                    "additionalProperties",
                    "propertyNames",
                    "contains",
                    "not",
                    "if",
                    "then",
                    "else");
    private static final Set<String> OF_SCHEMAS = Set.of("allOf", "anyOf", "oneOf", "prefixItems");
    private static final Set<String> OF_NAMED_SCHEMAS = Set.of("properties", "dependentSchemas");

    /** The draft's own description of what a schema is; it comes with the validator. */
    private static final JsonSchema DRAFT =
            JsonSchemaFactory.getInstance(VersionFlag.V202012)
                    .getSchema(
                            SchemaLocation.of(SchemaId.V202012),
                            SchemaValidatorsConfig.builder()
                                    .pathType(PathType.JSON_POINTER)
                                    .build());

    private SchemaRules() {}

    /** What is wrong with it, by pointers into the terms of the type. */
    static List<FieldError> objectionsTo(JsonNode schema) {
        if (!schema.isObject()) {
            return List.of(new FieldError("/schema", "must be an object"));
        }
        Optional<String> tooMuch = BOUNDS.objectionTo(schema);
        if (tooMuch.isPresent()) {
            return List.of(new FieldError("/schema", tooMuch.get()));
        }
        List<FieldError> errors =
                DRAFT.validate(schema).stream()
                        .map(
                                message ->
                                        new FieldError(
                                                "/schema" + message.getInstanceLocation(),
                                                "is not as JSON Schema 2020-12 has it ("
                                                        + message.getType()
                                                        + ")"))
                        .distinct()
                        .limit(MAX_ERRORS)
                        .toList();
        return errors.isEmpty() ? keywords(schema) : errors;
    }

    private static List<FieldError> keywords(JsonNode schema) {
        List<FieldError> errors = new ArrayList<>();
        JsonNode draft = schema.path("$schema");
        if (!draft.isMissingNode() && !draft.asText().equals(SchemaId.V202012)) {
            errors.add(new FieldError(DRAFT_NAME, "must be " + SchemaId.V202012));
        }
        walk("/schema", schema, errors);
        return errors.stream().limit(MAX_ERRORS).toList();
    }

    private static void walk(String pointer, JsonNode schema, List<FieldError> errors) {
        for (Map.Entry<String, JsonNode> keyword : schema.properties()) {
            String name = keyword.getKey();
            String below = pointer + "/" + escaped(name);
            if (OF_ONE_SCHEMA.contains(name)) {
                walk(below, keyword.getValue(), errors);
            } else if (OF_SCHEMAS.contains(name)) {
                for (int i = 0; i < keyword.getValue().size(); i++) {
                    walk(below + "/" + i, keyword.getValue().path(i), errors);
                }
            } else if (OF_NAMED_SCHEMAS.contains(name)) {
                keyword.getValue()
                        .properties()
                        .forEach(
                                named ->
                                        walk(
                                                below + "/" + escaped(named.getKey()),
                                                named.getValue(),
                                                errors));
            } else if (!PLAIN.contains(name) && !below.equals(DRAFT_NAME)) {
                errors.add(
                        new FieldError(
                                below,
                                "is a keyword that schemas here cannot have: neither references nor patterns are taken"));
            }
        }
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}

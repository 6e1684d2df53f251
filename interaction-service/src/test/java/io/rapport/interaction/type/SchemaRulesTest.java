package io.rapport.interaction.type;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rapport.platform.Refusal.FieldError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which schemas a type may have, and where the others are wrong. */
class SchemaRulesTest {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'$schema': 'https://json-schema.org/draft/2020-12/schema', 'type': 'object'}",
                "{'properties': {'$ref': {'type': 'string', 'maxLength': 9}}, 'required': ['$ref']}",
                "{'anyOf': [{'required': ['a']}, {'not': {'required': ['b']}}]}",
                "{'properties': {'a': {'enum': [{'$ref': 'no schema but a value'}]}}}",
            })
    void a_schema_of_plain_keywords_is_taken(String schema) throws JsonProcessingException {
        assertThat(SchemaRules.objectionsTo(json(schema))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                                                     | /schema",
                "true                                                   | /schema",
                "{'type': 'thing'}                                      | /schema/type",
                "{'properties': {'a': {'minimum': 'x'}}}                | /schema/properties/a/minimum",
                "{'required': 'a'}                                      | /schema/required",
                "{'$ref': '#'}                                          | /schema/$ref",
                "{'items': {'$dynamicRef': '#a'}}                       | /schema/items/$dynamicRef",
                "{'properties': {'a/b': {'pattern': '(a+)+$'}}}         | /schema/properties/a~1b/pattern",
                "{'allOf': [{}, {'patternProperties': {}}]}             | /schema/allOf/1/patternProperties",
                "{'requierd': ['a']}                                    | /schema/requierd",
                "{'$id': 'https://example.org/schema'}                  | /schema/$id",
                "{'$schema': 'http://json-schema.org/draft-07/schema#'} | /schema/$schema",
                "{'not': {'$schema': 'http://localhost/schema'}}        | /schema/not/$schema",
                "{'maximum': 1e999999999}                               | /schema",
            })
    void any_other_is_refused_at_its_place(String schema, String pointer)
            throws JsonProcessingException {
        assertThat(SchemaRules.objectionsTo(json(schema)))
                .extracting(FieldError::pointer)
                .contains(pointer);
    }

    @Test
    void one_that_is_too_large_or_too_deep_is_refused_before_it_is_read()
            throws JsonProcessingException {
        String deep = "{'not': ".repeat(16) + "{}" + "}".repeat(16);
        String large = "{'description': '" + "x".repeat(20_000) + "'}";

        assertThat(SchemaRules.objectionsTo(json(deep)))
                .containsExactly(new FieldError("/schema", "must be at most 16 levels deep"));
        assertThat(SchemaRules.objectionsTo(json(large)))
                .containsExactly(
                        new FieldError("/schema", "must have at most 20,000 bytes of UTF-8"));
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return JSON.readTree(text.replace('\'', '"'));
    }
}

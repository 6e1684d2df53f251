package io.rapport.interaction.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.rapport.interaction.Circumstances;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What else may be told of an interaction, and what its type's schema says of its attributes. */
class CircumstanceChecksTest {

    /** Reads numbers as the API does. */
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'employee': '0199aaaa-0000-7000-8000-000000000000'",
                "'team': 't'",
                "'reference': {'kind': 'INVOICE', 'value': 'é/1 <2>'}",
                "'device': 'x'",
                "'place': 'Łódź, ul. Piotrkowska 12'",
                "'emotions': {'ANGER': 1, 'JOY': 100}",
                "'emotions': {}",
                "'outcome': 'NOT_REACHED'",
                "'duration': 'PT0S', 'wait': 'P366D'",
                "'duration': 'P30D'",
            })
    void the_boundaries_belong_to_it(String more) {
        assertThat(told("CALL", more).objectionsIfNew()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'part': 'lamp'}                              | -",
                "{'part': 'lamp', 'count': 9, 'notes': ['ok']} | -",
                "{'count': 1}                                  | /attributes/part is missing",
                "null                                          | /attributes/part is missing",
                "{'part': 'lamp', 'colour': 1} | /attributes/colour is not among the attributes of this type",
                "{'part': 'bell'} | /attributes/part does not meet 'enum' of the schema of its type",
                "{'part': 'lamp', 'count': 10} | /attributes/count does not meet 'maximum' of the schema of its type",
                "{'part': 'lamp', 'notes': ['long notes']} | /attributes/notes/0 does not meet 'maxLength' of the schema of its type",
            })
    void the_schema_of_its_type_decides_on_attributes(String attributes, String objection) {
        List<FieldError> objections =
                told("REPAIR", "'attributes': " + attributes).objectionsIfNew();

        assertThat(objections)
                .extracting(error -> error.pointer() + " " + error.reason())
                .isEqualTo(objection.equals("-") ? List.of() : List.of(objection));
    }

    @Test
    void a_type_without_a_schema_carries_no_attributes() {
        assertThat(told("CALL", "'attributes': {'part': 'lamp'}").objectionsIfNew())
                .containsExactly(new FieldError("/attributes", "CALL carries none"));
        assertThat(told("CALL", "'attributes': {}").circumstances()).isEqualTo(Circumstances.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'part': 1e999999999}",
                "{'part': 12345678901234567890123456789012345678901}",
                "{'part': [[[[[[[[1]]]]]]]]}",
                "{'a\\u0000': 1}",
                "{'part': '\\ud83d'}",
            })
    void attributes_that_could_not_be_kept_are_refused_whatever_the_schema_says(String attributes) {
        Refusal refusal =
                catchThrowableOfType(
                        Refusal.class, () -> told("REPAIR", "'attributes': " + attributes));

        assertThat(refusal.errors()).extracting(FieldError::pointer).containsExactly("/attributes");
    }

    @Test
    void many_words_that_are_no_emotions_are_told_of_once() {
        Refusal refusal =
                catchThrowableOfType(
                        Refusal.class,
                        () -> told("CALL", "'emotions': {'ENVY': 1, 'HOPE': 2, 'JOY': 0}"));

        assertThat(refusal.errors())
                .containsExactly(
                        new FieldError(
                                "/emotions",
                                "must be of ANGER, DISGUST, FEAR, JOY, SADNESS, SURPRISE, TRUST"));
    }

    @Test
    void attributes_and_emotions_are_the_same_in_any_order_and_way_to_write_them() {
        NewInteraction one =
                told(
                        "REPAIR",
                        "'attributes': {'part': 'lamp', 'count': 1}, 'emotions': {'JOY': 1, 'FEAR': 2}");
        NewInteraction same =
                told(
                        "REPAIR",
                        "'emotions': {'FEAR': 2, 'JOY': 1}, 'attributes': {'count': 1.0, 'part': 'lamp'}");

        assertThat(same.contentHash()).isEqualTo(one.contentHash());
        assertThat(same.circumstances()).isEqualTo(one.circumstances());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'employee': 'b'",
                "'team': 'a'",
                "'reference': {'kind': 'ORDER', 'value': '1'}",
                "'device': 'a'",
                "'place': 'a'",
                "'attributes': {'part': 'clock'}",
                "'emotions': {'JOY': 2}",
                "'outcome': 'SOLVED'",
                "'duration': 'PT1S'",
                "'wait': 'PT1S'",
            })
    void any_other_circumstance_is_something_else(String more) {
        assertThat(told("REPAIR", more).contentHash())
                .isNotEqualTo(told("REPAIR", "'employee': 'a'").contentHash());
    }

    @Test
    void times_are_cut_to_what_the_database_keeps() {
        Circumstances told =
                told("CALL", "'duration': 'PT1.2345S', 'wait': 'PT0.0009S'").circumstances();

        assertThat(told.duration()).isEqualTo(Duration.ofMillis(1234));
        assertThat(told.waited()).isEqualTo(Duration.ZERO);
    }

    private static NewInteraction told(String type, String more) {
        try {
            return JSON.readValue(
                            """
                            {"customer": "shop:1", "source": "shop", "sourceId": "1", "type": "%s", "channel": "PHONE",
                             "direction": "INBOUND", "occurredAt": "2026-11-20T09:14:05Z", %s}"""
                                    .formatted(type, more.replace('\'', '"')),
                            Submission.class)
                    .checked(Submissions.VOCABULARY, Submissions.NOW);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}

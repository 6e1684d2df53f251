package io.rapport.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.rapport.platform.Money;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    enum Colour {
        RED,
        GREEN
    }

    record Line(String word, int count) {}

    record Thing(
            @Nullable String text,
            int count,
            @Nullable Long big,
            @Nullable Boolean yes,
            @Nullable Colour colour,
            @Nullable UUID id,
            @Nullable Instant at,
            @Nullable LocalDate day,
            @Nullable Money price,
            @Nullable List<Line> lines,
            @Nullable List<String> words,
            @Nullable Map<String, String> labels) {}

    private final ObjectMapper json = strict();

    static ObjectMapper strict() {
        ObjectMapper mapper = new ObjectMapper().registerModule(new JavaTimeModule());
        new StrictJson().customize(mapper);
        return mapper;
    }

    @Test
    void what_is_right_is_read() throws Exception {
        Thing thing =
                json.readValue(
                        """
                        {"text": "😀 é", "count": 3, "big": 9007199254740993, "yes": true, "colour": "RED",
                         "id": "019a0000-0000-7000-8000-000000000000", "at": "2026-11-21T10:15:30Z", "day": "2026-11-21",
                         "price": {"amount": "1.5", "currency": "EUR"}, "lines": [{"word": "", "count": 0}],
                         "words": [], "labels": {"a": "b"}}""",
                        Thing.class);

        assertThat(thing.text()).isEqualTo("😀 é");
        assertThat(thing.price()).isEqualTo(Money.parse("1.50", "EUR"));
        assertThat(thing.lines()).containsExactly(new Line("", 0));
        assertThat(json.readValue(json.writeValueAsString(thing), Thing.class)).isEqualTo(thing);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"count\":1,\"nope\":2}                         | /nope",
                "{\"count\":1,\"a~/b\":2}                         | /a~0~1b",
                "{\"count\":1,\"lines\":[{\"word\":\"a\",\"count\":1},{\"word\":\"a\",\"count\":1,\"x\":1}]} | /lines/1/x",
                "{\"count\":\"1\"}                                | /count",
                "{\"count\":1.0}                                  | /count",
                "{\"count\":true}                                 | /count",
                "{\"count\":null}                                 | /count",
                "{}                                               | /count",
                "{\"count\":2147483648}                           | /count",
                "{\"count\":1,\"big\":9223372036854775808}        | /big",
                "{\"count\":1,\"big\":\"\"}                       | /big",
                "{\"count\":1,\"text\":7}                         | /text",
                "{\"count\":1,\"text\":true}                      | /text",
                "{\"count\":1,\"text\":{}}                        | /text",
                "{\"count\":1,\"text\":[\"a\"]}                   | /text",
                "{\"count\":1,\"text\":\"a\\u0000b\"}             | /text",
                "{\"count\":1,\"text\":\"\\ud800\"}               | /text",
                "{\"count\":1,\"text\":\"\\udc00a\"}              | /text",
                "{\"count\":1,\"words\":[\"ok\",\"\\u0000\"]}     | /words/1",
                "{\"count\":1,\"words\":[1]}                      | /words/0",
                "{\"count\":1,\"words\":\"a\"}                    | /words",
                "{\"count\":1,\"words\":\"\"}                     | /words",
                "{\"count\":1,\"labels\":{\"\\u0000\":\"a\"}}     | /labels",
                "{\"count\":1,\"yes\":\"true\"}                   | /yes",
                "{\"count\":1,\"yes\":1}                          | /yes",
                "{\"count\":1,\"colour\":\"red\"}                 | /colour",
                "{\"count\":1,\"colour\":0}                       | /colour",
                "{\"count\":1,\"colour\":\"\"}                    | /colour",
                "{\"count\":1,\"id\":\"1-1-1-1-1\"}               | /id",
                "{\"count\":1,\"id\":\"\"}                        | /id",
                "{\"count\":1,\"id\":\"AZoAAAAAcACAAAAAAAAAAA==\"}  | /id",
                "{\"count\":1,\"at\":\"yesterday\"}               | /at",
                "{\"count\":1,\"at\":1700000000}                  | /at",
                "{\"count\":1,\"at\":\"\"}                        | /at",
                "{\"count\":1,\"at\":\"2026-11-21\"}              | /at",
                "{\"count\":1,\"day\":\"2026-02-30\"}             | /day",
                "{\"count\":1,\"day\":[2026,1,1]}                 | /day",
                "{\"count\":1,\"price\":{\"amount\":1.5,\"currency\":\"EUR\"}}       | /price/amount",
                "{\"count\":1,\"price\":{\"amount\":\"1.555\",\"currency\":\"EUR\"}} | /price/amount",
                "{\"count\":1,\"price\":{\"amount\":\"1\",\"currency\":\"EU\"}}      | /price/currency",
                "{\"count\":1,\"price\":{\"amount\":\"1\"}}       | /price/currency",
                "{\"count\":1,\"price\":\"1 EUR\"}                | /price",
                "{\"count\":1,\"lines\":{}}                       | /lines",
                "[]                                               | ''",
                "\"text\"                                         | ''",
                "{\"count\":1,\"count\":1}                        | /count",
            })
    void what_is_wrong_is_refused_where_it_is_wrong(String text, String pointer) {
        Refusal refusal = refused(text);

        assertThat(refusal.errors())
                .extracting(FieldError::pointer)
                .containsExactly(pointer.equals("''") ? "" : pointer);
        assertThat(refusal.errors().getFirst().reason())
                .isNotBlank()
                .doesNotContain("rapport", "java.", "class", "Deserial");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"count\":1",
                "{count:1}",
                "{'count':1}",
                "{\"count\":01}",
                "{\"count\":NaN}",
                "{\"count\":1,}",
                "nope",
                "{\"count\":1} {}",
                "{\"count\":1} x",
                "{\"count\":1}// comment",
                "{\"text\":\"a\nb\"}"
            })
    void what_is_not_json_is_malformed(String text) {
        assertThat(refused(text).code()).isEqualTo("malformed-json");
    }

    @Test
    void what_is_too_much_is_refused() {
        assertThat(refused("[".repeat(65), JsonNode.class).code()).isEqualTo("json-beyond-limits");
        assertThat(refused("{\"text\":\"" + "a".repeat(100_001) + "\"}").code())
                .isEqualTo("json-beyond-limits");
        assertThat(refused("{\"" + "a".repeat(70_000) + "\":1}").code())
                .isEqualTo("json-beyond-limits");
        assertThat(refused("{\"big\":" + "1".repeat(101) + "}").code())
                .isEqualTo("json-beyond-limits");
    }

    @Test
    void half_a_character_at_the_end_is_not_kept() {
        assertThat(StrictJson.isKeepable("a😀")).isTrue();
        assertThat(StrictJson.isKeepable("a\ud83d")).isFalse();
        assertThat(StrictJson.isKeepable("\ude00")).isFalse();
        assertThat(StrictJson.isKeepable("\ud83d\ud83d\ude00")).isFalse();
        assertThat(StrictJson.isKeepable("")).isTrue();
    }

    private Refusal refused(String text) {
        return refused(text, Thing.class);
    }

    private Refusal refused(String text, Class<?> type) {
        try {
            throw new AssertionError("was read as " + json.readValue(text, type));
        } catch (JsonProcessingException e) {
            assertThat(JsonFailure.isOfInput(e)).isTrue();
            return JsonFailure.refusal(e);
        }
    }
}

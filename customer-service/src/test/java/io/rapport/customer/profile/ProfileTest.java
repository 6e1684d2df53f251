package io.rapport.customer.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileTest {

    private static final ValidatorFactory FACTORY =
            Validation.byDefaultProvider()
                    .configure()
                    .messageInterpolator(new ParameterMessageInterpolator())
                    .buildValidatorFactory();
    private static final Validator VALIDATOR = FACTORY.getValidator();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ada Lovelace",
                "محمد بن أحمد",
                "נעמי לוי",
                "Zoë Ångström",
                "Zoe\u0308",
                "山田 太郎",
                "👩‍👩‍👧 Familie",
                "O'Brien; DROP TABLE customer",
                " x "
            })
    void takes_names_in_any_script(String name) {
        assertThat(faults(named(name))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\u3000", "a\0b", "a\nb", "a\u0085b", "\uD83D", "\uDC69x"})
    void refuses_names_that_are_blank_or_cannot_be_printed_or_stored(String name) {
        assertThat(faults(named(name))).containsExactly("displayName");
    }

    @Test
    void counts_characters_and_not_their_parts() {
        assertThat(faults(named("👩".repeat(200)))).isEmpty();
        assertThat(faults(named("👩".repeat(201)))).containsExactly("displayName");
    }

    @ParameterizedTest
    @CsvSource({
        "language, en",
        "language, en-GB",
        "language, zh-Hant-TW",
        "language, gsw",
        "language, sr-Latn",
        "timeZone, Europe/London",
        "timeZone, America/Argentina/Ushuaia",
        "timeZone, UTC",
        "country, GB",
        "country, ZA"
    })
    void takes_codes_of_the_published_lists(String field, String code) {
        assertThat(faults(coded(field, code))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "language, ''",
        "language, xx",
        "language, english_UK",
        "language, e",
        "language, und",
        "language, en--GB",
        "timeZone, ''",
        "timeZone, Mars/Olympus",
        "timeZone, +01:00",
        "timeZone, europe/london",
        "country, ''",
        "country, gb",
        "country, UK",
        "country, GBR",
        "country, XX"
    })
    void refuses_codes_that_no_list_has(String field, String code) {
        assertThat(faults(coded(field, code))).contains(field);
    }

    @Test
    void the_example_in_the_description_is_a_valid_one() {
        assertThat(faults(Profile.EXAMPLE)).isEmpty();
    }

    @Test
    void is_a_person_of_whom_nothing_is_known_when_nothing_is_said() {
        assertThat(StoredJson.read("{}", Profile.class).tidied(List.of()))
                .isEqualTo(
                        StoredJson.read(
                                "{\"kind\": \"PERSON\", \"tags\": [], \"lifeEvents\": []}",
                                Profile.class));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'addressAs': ' '}                                   | addressAs",
                "{'occupation': 'a\\nb'}                              | occupation",
                "{'birthday': '1849-12-31'}                           | birthday",
                "{'birthday': '+999999999-12-31'}                     | birthday",
                "{'tags': ['a', '']}                                  | tags[1].<list element>",
                "{'tags': [null]}                                     | tags[0].<list element>",
                "{'declaredValues': ['a', 'b\\u0000']}                | declaredValues[1].<list element>",
                "{'lifeEvents': [null]}                               | lifeEvents[0].<list element>",
                "{'lifeEvents': [{'type': 'moved'}]}                  | lifeEvents[0].on",
                "{'lifeEvents': [{'on': '2026-05-01'}]}               | lifeEvents[0].type",
                "{'lifeEvents': [{'type': 'Moved in', 'on': '2026-05-01'}]} | lifeEvents[0].type",
                "{'lifeEvents': [{'type': 'moved', 'on': '2200-01-01'}]}    | lifeEvents[0].on",
            })
    void refuses_what_is_out_of_bounds(String json, String fault) {
        assertThat(faults(json.replace('\'', '"'))).containsExactly(fault);
    }

    @ParameterizedTest
    @CsvSource({"tags, 50", "declaredValues, 20"})
    void lists_have_an_end(String field, int most) {
        assertThat(faults(list(field, most))).isEmpty();
        assertThat(faults(list(field, most + 1))).containsExactly(field);
    }

    private static String list(String field, int length) {
        return IntStream.range(0, length)
                .mapToObj("\"n%d\""::formatted)
                .collect(Collectors.joining(",", "{\"" + field + "\": [", "]}"));
    }

    @Test
    void is_kept_in_one_form_however_it_is_given() {
        Profile given =
                StoredJson.read(
                        """
                        {"tags": ["vip", "\u00e9t\u00e9", "vip", "a"], "declaredValues": ["b", "a"],
                         "lifeEvents": [{"type": "retired", "on": "2026-05-01"}, {"type": "moved", "on": "2026-05-01"},
                                        {"type": "married", "on": "1999-01-01"}, {"type": "moved", "on": "2026-05-01"}]}""",
                        Profile.class);

        Profile kept = given.tidied(List.of());

        assertThat(kept.tags()).containsExactly("a", "vip", "\u00e9t\u00e9");
        assertThat(kept.declaredValues()).containsExactly("a", "b");
        assertThat(kept.lifeEvents())
                .extracting(LifeEvent::type)
                .containsExactly("married", "moved", "retired");
        assertThat(kept.tidied(List.of())).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T06:00:01Z, true",
        "2026-11-21T06:00:00Z, true", // it is the 22nd already where the day begins first
        "2026-11-21T05:59:59Z, false",
    })
    void a_birthday_does_not_lie_ahead(Instant now, boolean possible) {
        Profile born = StoredJson.read("{\"birthday\": \"2026-11-22\"}", Profile.class);

        assertThat(catchThrowable(() -> born.requirePossible(now)) == null).isEqualTo(possible);
    }

    private static List<String> faults(String json) {
        return faults(StoredJson.read(json, Profile.class));
    }

    private static List<String> faults(Profile profile) {
        return VALIDATOR.validate(profile).stream()
                .map(ConstraintViolation::getPropertyPath)
                .map(Object::toString)
                .distinct()
                .toList();
    }

    private static Profile named(String name) {
        return coded("displayName", name);
    }

    private static Profile coded(String field, String code) {
        return StoredJson.read(StoredJson.tree(Map.of(field, code)), Profile.class);
    }
}

package io.rapport.customer.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.rapport.customer.CustomerKind;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.util.List;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.jspecify.annotations.Nullable;
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
    void the_example_in_the_description_is_a_valid_one() throws Exception {
        assertThat(faults(new ObjectMapper().readValue(Profile.EXAMPLE, Profile.class))).isEmpty();
    }

    @Test
    void is_a_person_when_nothing_is_said() {
        assertThat(named("Ada").kind()).isEqualTo(CustomerKind.PERSON);
    }

    @Test
    void names_what_differs_by_sorted_pointers() {
        Profile one = new Profile(CustomerKind.PERSON, "A", "A", null, "en", null, null);
        Profile other = new Profile(CustomerKind.ORGANISATION, "A", null, null, "fr", "UTC", "FR");

        assertThat(one.differences(other))
                .containsExactly("/country", "/givenName", "/kind", "/language", "/timeZone");
        assertThat(one.differences(one)).isEmpty();
    }

    private static List<String> faults(Profile profile) {
        return VALIDATOR.validate(profile).stream()
                .map(ConstraintViolation::getPropertyPath)
                .map(Object::toString)
                .distinct()
                .toList();
    }

    private static Profile named(String name) {
        return new Profile(unsaid(), name, null, null, null, null, null);
    }

    /** What a body without the field hands to the constructor. */
    @SuppressWarnings("NullAway")
    private static CustomerKind unsaid() {
        return null;
    }

    private static Profile coded(String field, String code) {
        return new Profile(
                CustomerKind.PERSON,
                null,
                null,
                null,
                only(field, "language", code),
                only(field, "timeZone", code),
                only(field, "country", code));
    }

    private static @Nullable String only(String field, String name, String code) {
        return field.equals(name) ? code : null;
    }
}

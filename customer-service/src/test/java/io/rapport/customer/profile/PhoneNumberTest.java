package io.rapport.customer.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PhoneNumberTest {

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

    @Test
    void the_digits_dialled_within_a_country_are_those_of_every_plan_of_numbers() {
        Set<Phonenumber.PhoneNumber> examples = examples().collect(Collectors.toSet());

        assertThat(examples)
                .hasSizeGreaterThan(400)
                .allSatisfy(
                        number ->
                                assertThat(
                                                PhoneNumber.national(
                                                        NUMBERS.format(
                                                                number, PhoneNumberFormat.E164)))
                                        .contains(NUMBERS.getNationalSignificantNumber(number)));
        assertThat(PhoneNumber.national("+0")).isEmpty();
        assertThat(PhoneNumber.national("+")).isEmpty();
    }

    /** One each of lines and mobiles, of every region and every code that belongs to none. */
    private static Stream<Phonenumber.PhoneNumber> examples() {
        return Stream.concat(
                        NUMBERS.getSupportedRegions().stream()
                                .flatMap(
                                        region ->
                                                Stream.of(
                                                                PhoneNumberType.FIXED_LINE,
                                                                PhoneNumberType.MOBILE)
                                                        .map(
                                                                type ->
                                                                        NUMBERS
                                                                                .getExampleNumberForType(
                                                                                        region,
                                                                                        type))),
                        NUMBERS.getSupportedGlobalNetworkCallingCodes().stream()
                                .map(NUMBERS::getExampleNumberForNonGeoEntity))
                .filter(Objects::nonNull);
    }

    @Test
    void what_is_asked_for_again_and_what_comes_between_is_read_as_it_is() {
        for (int i = 0; i < 2; i++) {
            assertThat(PhoneNumber.normalised("+44 20 7946 0958")).contains("+442079460958");
            assertThat(PhoneNumber.normalised("+44 20 7946 0958")).contains("+442079460958");
            assertThat(PhoneNumber.normalised("020 7946 0958")).isEmpty();
            assertThat(PhoneNumber.normalised("020 7946 0958")).isEmpty();
            assertThat(PhoneNumber.normalised("")).isEmpty();
        }
    }
}

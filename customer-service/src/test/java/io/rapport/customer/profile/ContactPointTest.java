package io.rapport.customer.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rapport.platform.Refusal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The forms in which contact points are kept, and the rules of the list. */
class ContactPointTest {

    private static final UUID ONE = new UUID(1, 1);
    private static final UUID TWO = new UUID(2, 2);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EMAIL | Ada.Lovelace@Example.ORG    | ada.lovelace@example.org",
                "EMAIL | ' ada@example.org '         | ada@example.org",
                "EMAIL | ada+shop@mail.example.co.uk | ada+shop@mail.example.co.uk",
                "EMAIL | ada@bücher.example          | ada@xn--bcher-kva.example",
                "EMAIL | zoe\u0308@example.org       | zo\u00eb@example.org",
                "EMAIL | 用户@例子.广告                  | 用户@xn--fsqu00a.xn--4rr70v",
                "PHONE | +44 20 7946 0958            | +442079460958",
                "PHONE | +49 (0) 30 901820           | +4930901820",
                "PHONE | ' +1-201-555-0123 '         | +12015550123",
                "PHONE | tel:+442079460958           | +442079460958",
                "HANDLE | ' @ada '                   | @ada",
            })
    void a_value_is_kept_in_one_form(ContactKind kind, String value, String kept) {
        assertThat(kind.normalised(value)).hasValue(kept);
        assertThat(kind.normalised(kept)).hasValue(kept);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EMAIL | ada",
                "EMAIL | @example.org",
                "EMAIL | ada@localhost",
                "EMAIL | ada@example",
                "EMAIL | ada@-example.org",
                "EMAIL | ada@exa mple.org",
                "EMAIL | ada@@example.org",
                "EMAIL | .ada@example.org",
                "EMAIL | a..da@example.org",
                "EMAIL | ada.@example.org",
                "EMAIL | 'a,b@example.org'",
                "EMAIL | Ada <ada@example.org>",
                "PHONE | 020 7946 0958",
                "PHONE | +44 20 7946",
                "PHONE | +49301234567890123",
                "PHONE | +44 20 7946 0958 ext. 12",
                "PHONE | +999 123456789",
                "PHONE | ada",
                "PHONE | ''",
            })
    void what_cannot_reach_anybody_is_refused(ContactKind kind, String value) {
        assertThat(kind.normalised(value)).isEmpty();
    }

    @Test
    void what_is_too_long_is_refused() {
        assertThat(EmailAddress.normalised("a".repeat(65) + "@example.org")).isEmpty();
        assertThat(EmailAddress.normalised("a@" + "b".repeat(64) + ".org")).isEmpty();
        assertThat(EmailAddress.normalised("a@" + "b.".repeat(50_000) + "org")).isEmpty();
        assertThat(PhoneNumber.normalised("+44" + "2".repeat(50_000))).isEmpty();
    }

    @Test
    void a_preferred_one_takes_the_place_of_the_one_of_its_kind() {
        List<ContactPoint> mail = List.of(email(ONE, "a@example.org", true));

        List<ContactPoint> both = ContactPoints.with(mail, email(TWO, "b@example.org", true));

        assertThat(both).extracting(ContactPoint::id).containsExactly(ONE, TWO);
        assertThat(both).extracting(ContactPoint::preferred).containsExactly(false, true);
        ContactPoints.requireSound(both);
    }

    @Test
    void what_is_given_again_keeps_its_id_and_what_is_new_gets_one() {
        List<ContactPoint> known = List.of(email(ONE, "a@example.org", false));

        List<ContactPoint> given =
                ContactPoints.given(
                        List.of(
                                email(null, "b@example.org", false),
                                email(null, "A@Example.org", false)),
                        known);

        assertThat(given).hasSize(2).contains(email(ONE, "a@example.org", false));
        assertThat(given).extracting(ContactPoint::id).doesNotContainNull().doesNotHaveDuplicates();
    }

    @Test
    void an_id_that_is_not_known_is_refused() {
        Refusal refusal =
                catchThrowableOfType(
                        Refusal.class,
                        () ->
                                ContactPoints.given(
                                        List.of(email(ONE, "a@example.org", false)), List.of()));

        assertThat(refusal.errors()).extracting("pointer").containsExactly("/contactPoints/0/id");
    }

    @Test
    void a_list_that_cannot_be_is_refused() {
        assertThat(
                        code(
                                List.of(
                                        email(ONE, "a@example.org", false),
                                        email(TWO, "a@example.org", false))))
                .isEqualTo("contact-point-exists");
        assertThat(
                        code(
                                List.of(
                                        email(ONE, "a@example.org", true),
                                        email(TWO, "b@example.org", true))))
                .isEqualTo("preferred-twice");
    }

    private static String code(List<ContactPoint> points) {
        return catchThrowableOfType(Refusal.class, () -> ContactPoints.requireSound(points)).code();
    }

    private static ContactPoint email(@Nullable UUID id, String value, boolean preferred) {
        return new ContactPoint(
                id, ContactKind.EMAIL, value, null, null, null, false, preferred, null, null);
    }
}

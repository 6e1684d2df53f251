package io.rapport.customer.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rapport.customer.CustomerKind;
import io.rapport.platform.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a partner sees and writes of a customer of whom others have told, too. */
class PartnersPartTest {

    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
    private static final Customer ADA =
            Customer.register(new UUID(1, 2), read(Profile.EXAMPLE), List.of(), NOW);

    @Test
    void by_what_the_customer_is_addressed_is_seen_and_nothing_else() {
        assertThat(PartnersPart.seen(ADA.profile()))
                .isEqualTo(
                        read(
                                """
                                {"kind": "PERSON", "displayName": "Ada Lovelace", "givenName": "Ada",
                                 "familyName": "Lovelace", "addressAs": "Lady Lovelace", "language": "en-GB",
                                 "timeZone": "Europe/London", "country": "GB"}"""));
    }

    @Test
    void what_is_left_out_stays() {
        assertThat(ADA.amending(read("{}"))).isEqualTo(ADA);
    }

    @Test
    void what_is_said_replaces_and_comes_to_lists() {
        Profile amended =
                ADA.amending(
                                read(
                                        """
                                        {"kind": "ORGANISATION", "familyName": "King", "birthday": "1986-12-10",
                                         "declaredValues": ["brevity"],
                                         "lifeEvents": [{"type": "married", "on": "2026-06-01"}]}"""))
                        .profile();

        assertThat(amended.kind()).isEqualTo(CustomerKind.ORGANISATION);
        assertThat(amended.givenName()).isEqualTo("Ada");
        assertThat(amended.familyName()).isEqualTo("King");
        assertThat(amended.birthday()).isEqualTo("1986-12-10");
        assertThat(amended.declaredValues()).containsExactly("brevity", "openness");
        assertThat(amended.lifeEvents())
                .extracting(LifeEvent::type)
                .containsExactly("moved", "married");
        assertThat(amended.tags()).isEqualTo(ADA.profile().tags());
        assertThat(amended.lifecycleStage()).isEqualTo(ADA.profile().lifecycleStage());
    }

    @Test
    void a_contact_point_comes_to_those_that_are_there_once() {
        Profile told =
                read(
                        """
                        {"contactPoints": [{"kind": "EMAIL", "value": "ADA@example.org", "label": "work"},
                          {"kind": "EMAIL", "value": "king@example.org", "preferred": true},
                          {"kind": "EMAIL", "value": "lady@example.org", "preferred": true}]}""");

        Customer once = ADA.amending(told);

        assertThat(once.profile().contactPoints())
                .hasSize(3)
                .containsAll(ADA.profile().contactPoints())
                .filteredOn(ContactPoint::preferred)
                .extracting(ContactPoint::value)
                .containsExactly("king@example.org");
        assertThat(once.amending(told)).isEqualTo(once);
    }

    @Test
    void a_first_choice_that_is_there_stays_the_first() {
        Customer chosen =
                ADA.amending(read("{\"contactPoints\": [" + phone("+442079460958") + "]}"));

        assertThat(
                        chosen.amending(
                                        read(
                                                "{\"contactPoints\": ["
                                                        + phone("+442079460959")
                                                        + "]}"))
                                .profile()
                                .contactPoints())
                .filteredOn(ContactPoint::preferred)
                .extracting(ContactPoint::value)
                .containsExactly("+442079460958");
    }

    private static String phone(String number) {
        return "{\"kind\": \"PHONE\", \"value\": \"%s\", \"preferred\": true}".formatted(number);
    }

    @ParameterizedTest
    @CsvSource({"declaredValues, 19, 20", "lifeEvents, 49, 50"})
    void a_list_that_is_full_takes_no_more(String field, int fits, int most) {
        assertThatCode(() -> change(field, fits)).doesNotThrowAnyException();

        Refusal full = catchThrowableOfType(Refusal.class, () -> change(field, most));
        assertThat(full.kind()).isEqualTo(Refusal.Kind.CONFLICT);
        assertThat(full.code()).isEqualTo("list-is-full");
        assertThat(full.errors()).extracting("pointer").containsExactly("/" + field);
    }

    private static void change(String field, int more) {
        String element =
                field.equals("lifeEvents")
                        ? "{\"type\": \"t%d\", \"on\": \"2026-01-01\"}"
                        : "\"n%d\"";
        String list =
                IntStream.range(0, more)
                        .mapToObj(element::formatted)
                        .collect(Collectors.joining(","));
        ADA.change(ADA.amending(read("{\"" + field + "\": [" + list + "]}")), NOW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'lifecycleStage': 'CUSTOMER'} | /lifecycleStage",
                "{'tags': ['vip']} | /tags",
                "{'attributes': {'shoeSize': 38}} | /attributes",
                "{'contactPoints': [{'kind': 'EMAIL', 'value': 'a@example.org'},"
                        + " {'kind': 'EMAIL', 'value': 'b@example.org', 'verified': true}]}"
                        + " | /contactPoints/1/verified",
            })
    void what_staff_alone_say_is_refused(String json, String pointer) {
        Refusal refusal =
                catchThrowableOfType(
                        Refusal.class,
                        () -> PartnersPart.requireWritable(read(json.replace('\'', '"'))));

        assertThat(refusal.kind()).isEqualTo(Refusal.Kind.FORBIDDEN);
        assertThat(refusal.errors()).extracting("pointer").containsExactly(pointer);
    }

    @Test
    void an_id_of_a_contact_point_is_not_a_partners_to_give() {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> ADA.amending(ADA.profile()));

        assertThat(refusal.errors()).extracting("pointer").containsExactly("/contactPoints/0/id");
    }

    private static Profile read(String json) {
        return StoredJson.read(json, Profile.class);
    }
}

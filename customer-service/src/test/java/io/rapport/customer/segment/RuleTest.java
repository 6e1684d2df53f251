package io.rapport.customer.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rapport.customer.context.CustomerContext.Amount;
import io.rapport.customer.context.CustomerContext.Feedback;
import io.rapport.customer.context.CustomerContext.Interactions;
import io.rapport.customer.context.CustomerContext.Loyalty;
import io.rapport.customer.context.CustomerContext.Metric;
import io.rapport.customer.context.Figures;
import io.rapport.customer.profile.AttributeType;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerStatus;
import io.rapport.customer.profile.MergeState;
import io.rapport.customer.profile.Profile;
import io.rapport.customer.profile.Relation;
import io.rapport.customer.profile.RelationType;
import io.rapport.customer.segment.Rule.Moment;
import io.rapport.customer.segment.RuleReading.Names;
import io.rapport.platform.Ids;
import io.rapport.platform.Refusal;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleTest {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .findAndAddModules()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();
    private static final Map<String, AttributeType> ATTRIBUTES =
            Map.of(
                    "shoeSize", AttributeType.DECIMAL,
                    "motto", AttributeType.TEXT,
                    "member", AttributeType.BOOLEAN,
                    "interests", AttributeType.SEVERAL_OF,
                    "since", AttributeType.DATE,
                    "seenAt", AttributeType.DATE_TIME);
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final String ADA =
            """
            {"kind": "PERSON", "country": "GB", "language": "en-GB", "birthday": "1985-12-10",
             "lifecycleStage": "CUSTOMER", "tags": ["newsletter", "vip"],
             "lifeEvents": [{"type": "moved", "on": "2026-05-01"}],
             "contactPoints": [{"kind": "EMAIL", "value": "ada@example.org"}],
             "attributes": {"shoeSize": 38.5, "member": true, "interests": ["chess"], "since": "2026-11-01",
               "seenAt": "2026-11-23T11:00:00Z"}}""";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'field': 'country', 'operator': 'ANY_OF', 'values': ['IE', 'GB']}",
                "{'field': 'kind', 'operator': 'ANY_OF', 'values': ['PERSON']}",
                "{'field': 'tags', 'operator': 'ANY_OF', 'values': ['vip']}",
                "{'field': 'lifeEvents', 'operator': 'ANY_OF', 'values': ['moved']}",
                "{'field': 'contactPoints', 'operator': 'ANY_OF', 'values': ['EMAIL']}",
                "{'field': 'relations', 'operator': 'ANY_OF', 'values': ['HOUSEHOLD', 'WORKS_FOR']}",
                "{'not': {'field': 'relations', 'operator': 'ANY_OF', 'values': ['HOUSEHOLD']}}",
                "{'field': 'incomingRelations', 'operator': 'ANY_OF', 'values': ['REFERRED_BY']}",
                "{'not': {'field': 'incomingRelations', 'operator': 'ANY_OF', 'values': ['WORKS_FOR']}}",
                "{'field': 'language', 'operator': 'KNOWN'}",
                "{'field': 'language', 'operator': 'ANY_OF', 'values': ['en']}",
                "{'field': 'language', 'operator': 'ANY_OF', 'values': ['fr', 'EN-gb']}",
                "{'not': {'field': 'occupation', 'operator': 'KNOWN'}}",
                "{'field': 'birthday', 'operator': 'AT_MOST', 'values': ['1985-12-10']}",
                "{'field': 'birthday', 'operator': 'OLDER_THAN', 'values': ['P40Y']}",
                "{'field': 'birthday', 'operator': 'NEWER_THAN', 'values': ['P41Y']}",
                "{'field': 'attributes.shoeSize', 'operator': 'AT_LEAST', 'values': [38.50]}",
                "{'field': 'attributes.shoeSize', 'operator': 'ANY_OF', 'values': [37, 38.50]}",
                "{'field': 'attributes.member', 'operator': 'ANY_OF', 'values': [true]}",
                "{'field': 'attributes.interests', 'operator': 'ANY_OF', 'values': ['music', 'chess']}",
                "{'field': 'attributes.since', 'operator': 'AT_LEAST', 'values': ['2026-11-01']}",
                "{'field': 'attributes.seenAt', 'operator': 'NEWER_THAN', 'values': ['PT61M']}",
                "{'field': 'interactions.count', 'operator': 'AT_LEAST', 'values': [3]}",
                "{'field': 'interactions.lastAt', 'operator': 'OLDER_THAN', 'values': ['P3D']}",
                "{'field': 'contacts.lastAt', 'operator': 'KNOWN'}",
                "{'field': 'purchases.count', 'operator': 'AT_LEAST', 'values': [3]}",
                "{'field': 'purchases.GBP.sum', 'operator': 'AT_LEAST', 'values': [161.42]}",
                "{'field': 'purchases.EUR.count', 'operator': 'ANY_OF', 'values': [1]}",
                "{'field': 'cancellations.GBP.sum', 'operator': 'AT_MOST', 'values': [0]}",
                "{'field': 'loyalty.tier', 'operator': 'ANY_OF', 'values': ['GOLD']}",
                "{'field': 'feedback.NPS.mean', 'operator': 'AT_LEAST', 'values': [9]}",
                "{'all': [{'field': 'country', 'operator': 'KNOWN'}, {'field': 'tags', 'operator': 'KNOWN'}]}",
                "{'any': [{'field': 'occupation', 'operator': 'KNOWN'}, {'field': 'tags', 'operator': 'KNOWN'}]}",
                "{'segment': 'inside'}",
                "{'not': {'segment': 'outside'}}"
            })
    void holds(String condition) {
        assertThat(outcome(condition).holds()).isTrue();
        assertThat(outcome("{'not': %s}".formatted(condition)).holds()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'field': 'occupation', 'operator': 'ANY_OF', 'values': ['nurse']}",
                "{'field': 'feedback.CSAT.mean', 'operator': 'AT_MOST', 'values': [100]}",
                "{'field': 'interactions.firstAt', 'operator': 'NEWER_THAN', 'values': ['P200Y']}",
                "{'field': 'interactions.firstAt', 'operator': 'OLDER_THAN', 'values': ['PT1S']}"
            })
    void nothing_holds_of_what_is_not_known(String condition) {
        assertThat(outcome(condition).holds()).isFalse();
    }

    /**
     * Characters are counted as those of attributes are, however many units of UTF-16 they take.
     */
    @Test
    void the_longest_text_that_an_attribute_can_have_is_known() {
        String longest = "\uD83D\uDE42".repeat(500);
        Customer ada = customer("{\"attributes\": {\"motto\": \"%s\"}}".formatted(longest));

        assertThat(
                        outcome(
                                        "{'field': 'attributes.motto', 'operator': 'ANY_OF', 'values': ['%s']}"
                                                .formatted(longest),
                                        ada,
                                        NOW)
                                .holds())
                .isTrue();
        assertThat(outcome("{'field': 'attributes.motto', 'operator': 'KNOWN'}", ada, NOW).holds())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"e", "en-g", "en-GB-oxendict", "GB", "*", "-"})
    void a_language_is_of_no_other_range(String range) {
        assertThat(
                        outcome(
                                        "{'field': 'language', 'operator': 'ANY_OF', 'values': ['%s']}"
                                                .formatted(range))
                                .holds())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T11:59:59Z, false",
        "2026-11-23T12:00:00Z, true",
        "2026-11-23T12:00:01Z, true"
    })
    void a_time_condition_flips_at_the_very_instant_that_it_foretold(Instant now, boolean older) {
        // Told on 2026-11-19T12:00:00Z.
        String condition =
                "{'field': 'interactions.lastAt', 'operator': 'OLDER_THAN', 'values': ['P4D']}";
        Outcome outcome = outcome(condition, now);

        assertThat(outcome.holds()).isEqualTo(older);
        assertThat(outcome.until()).isEqualTo(older ? null : NOW);
        assertThat(outcome("{'not': %s}".formatted(condition), now).until())
                .isEqualTo(older ? null : NOW);
    }

    @Test
    void days_and_periods_are_those_of_the_customers_time_zone() {
        String condition =
                "{'field': 'attributes.since', 'operator': 'OLDER_THAN', 'values': ['P1M']}";
        Customer ada =
                customer(ADA.replace("\"GB\"", "\"GB\", \"timeZone\": \"America/New_York\""));

        assertThat(outcome(condition, ada, NOW).until())
                .isEqualTo(Instant.parse("2026-12-01T05:00:00Z"));
        assertThat(outcome(condition).until()).isEqualTo(Instant.parse("2026-12-01T00:00:00Z"));
    }

    @Test
    void days_begin_at_midnight_also_after_one_that_did_not() {
        // In Santiago the clock went from midnight to one o'clock on 2024-09-08.
        Customer ada =
                customer(
                        """
                        {"kind": "PERSON", "timeZone": "America/Santiago",
                         "attributes": {"since": "2024-09-08"}}""");

        assertThat(
                        outcome(
                                        "{'field': 'attributes.since', 'operator': 'OLDER_THAN', 'values': ['P3Y']}",
                                        ada,
                                        NOW)
                                .until())
                .isEqualTo(Instant.parse("2027-09-08T03:00:00Z"));
    }

    /** A year after 29 February is over with 28 February, where there is no other. */
    @ParameterizedTest
    @CsvSource({
        "P18Y, 2026-02-27T23:59:59Z, false",
        "P18Y, 2026-02-28T00:00:00Z, true",
        "P20Y, 2028-02-28T23:59:59Z, false",
        "P20Y, 2028-02-29T00:00:00Z, true"
    })
    void whoever_was_born_on_a_leap_day_is_a_year_older_on_the_last_of_february(
            String age, Instant now, boolean older) {
        Customer ada = customer("{\"kind\": \"PERSON\", \"birthday\": \"2008-02-29\"}");

        assertThat(
                        outcome(
                                        "{'field': 'birthday', 'operator': 'OLDER_THAN', 'values': ['%s']}"
                                                .formatted(age),
                                        ada,
                                        now)
                                .holds())
                .isEqualTo(older);
    }

    /** P5D ends on the 24th, P10D on the 29th, the country stays. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'any': [P10D, P5D]} | 2026-11-24T12:00:00Z",
                "{'all': [P10D, P5D]} | 2026-11-29T12:00:00Z",
                "{'all': [{'not': P10D}, {'not': P5D}]} | 2026-11-24T12:00:00Z",
                "{'any': [{'not': P10D}, {'not': P5D}]} | 2026-11-29T12:00:00Z",
                "{'any': [P5D, KNOWN]} |",
                "{'all': [P5D, {'not': KNOWN}]} |",
                "{'all': [P5D, KNOWN]} | 2026-11-24T12:00:00Z",
                "{'any': [{'all': [P5D, {'not': KNOWN}]}, P10D]} | 2026-11-29T12:00:00Z"
            })
    void only_instants_that_may_change_the_outcome_are_foretold(
            String condition, @Nullable Instant until) {
        Outcome outcome =
                outcome(
                        condition
                                .replaceAll(
                                        "(P\\d+D)",
                                        "{'field': 'interactions.lastAt', 'operator': 'OLDER_THAN', 'values': ['$1']}")
                                .replaceAll(
                                        "(?<!')KNOWN",
                                        "{'field': 'country', 'operator': 'KNOWN'}"));

        assertThat(outcome.until()).isEqualTo(until);
    }

    @Test
    void reasons_are_those_that_decided() {
        Outcome outcome =
                outcome(
                        """
                        {'any': [
                          {'field': 'interactions.lastAt', 'operator': 'OLDER_THAN', 'values': ['P10D']},
                          {'all': [{'field': 'country', 'operator': 'KNOWN'}, {'field': 'tags', 'operator': 'KNOWN'}]},
                          {'field': 'interactions.lastAt', 'operator': 'OLDER_THAN', 'values': ['P5D']}]}""");

        assertThat(outcome.why()).containsExactly("country", "tags");
        assertThat(
                        outcome(
                                        """
                                        {'all': [{'field': 'tags', 'operator': 'KNOWN'},
                                                 {'field': 'occupation', 'operator': 'KNOWN'}]}""")
                                .why())
                .containsExactly("occupation");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'field': 'shoe', 'operator': 'KNOWN'} | /condition/field",
                "{'field': 'attributes.gone', 'operator': 'KNOWN'} | /condition/field",
                "{'field': 'country'} | /condition/operator",
                "{'field': 'country', 'operator': 'AT_LEAST', 'values': ['GB']} | /condition/operator",
                "{'field': 'loyalty.balance', 'operator': 'OLDER_THAN', 'values': ['P1D']} | /condition/operator",
                "{'field': 'country', 'operator': 'KNOWN', 'values': ['GB']} | /condition/values",
                "{'field': 'country', 'operator': 'ANY_OF', 'values': []} | /condition/values",
                "{'field': 'country', 'operator': 'ANY_OF', 'values': ['GB', null]} | /condition/values/1",
                "{'field': 'kind', 'operator': 'ANY_OF', 'values': ['ROBOT']} | /condition/values/0",
                "{'field': 'relations', 'operator': 'ANY_OF', 'values': ['household']} | /condition/values/0",
                "{'field': 'incomingRelations', 'operator': 'AT_LEAST', 'values': [1]} | /condition/operator",
                "{'field': 'birthday', 'operator': 'AT_LEAST', 'values': ['1985']} | /condition/values/0",
                "{'field': 'birthday', 'operator': 'OLDER_THAN', 'values': ['P0D']} | /condition/values/0",
                "{'field': 'birthday', 'operator': 'OLDER_THAN', 'values': ['P-1D']} | /condition/values/0",
                "{'field': 'birthday', 'operator': 'OLDER_THAN', 'values': ['P999999Y']} | /condition/values/0",
                "{'field': 'loyalty.balance', 'operator': 'AT_LEAST', 'values': [1e999]} | /condition/values/0",
                "{'all': []} | /condition/all",
                "{'any': [null]} | /condition/any/0",
                "{'not': null} | /condition/not",
                "{'not': {'segment': 'other'}} | /condition/not/segment"
            })
    void what_cannot_be_compared_is_refused_by_its_pointer(String condition, String pointer) {
        assertRefused(condition, pointer);
    }

    @Test
    void trees_are_bounded_in_depth_and_number() {
        String leaf = "{'field': 'country', 'operator': 'KNOWN'}";
        String deep = "{'not': ".repeat(8) + leaf + "}".repeat(8);
        String many = "{'any': [" + (leaf + ", ").repeat(100) + leaf + "]}";

        assertRefused(deep, "/condition" + "/not".repeat(8));
        assertRefused(many, "/condition");
        assertThat(outcome("{'not': ".repeat(7) + leaf + "}".repeat(7)).holds()).isFalse();
    }

    private static void assertRefused(String condition, String pointer) {
        assertThatThrownBy(() -> read(condition))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            assertThat(refusal.code()).isEqualTo("invalid-condition");
                            assertThat(refusal.errors())
                                    .extracting(Refusal.FieldError::pointer)
                                    .contains(pointer);
                        });
    }

    private static Outcome outcome(String condition) {
        return outcome(condition, NOW);
    }

    private static Outcome outcome(String condition, Instant now) {
        return outcome(condition, customer(ADA), now);
    }

    private static Outcome outcome(String condition, Customer customer, Instant now) {
        Moment moment =
                new Moment(now, key -> new Outcome(key.equals("inside"), List.of("x"), null));
        return read(condition).rule().of(new Facts(customer, figures()), moment);
    }

    private static ReadRule read(String condition) {
        return RuleReading.read(
                json(condition.replace('\'', '"'), Condition.class),
                new Names(
                        ATTRIBUTES,
                        key ->
                                key.equals("other")
                                        ? Optional.of("is not a segment")
                                        : Optional.empty()));
    }

    private static Customer customer(String profile) {
        return new Customer(
                Ids.next(),
                CustomerStatus.ACTIVE,
                json(profile, Profile.class),
                List.of(new Relation(RelationType.WORKS_FOR, Ids.next())),
                List.of(),
                List.of(),
                new MergeState(null, List.of()),
                1,
                NOW,
                NOW);
    }

    private static Figures figures() {
        return new Figures(
                new Interactions(
                        3,
                        null,
                        Instant.parse("2026-11-19T12:00:00Z"),
                        List.of(new Amount("EUR", 1, "5.00"), new Amount("GBP", 2, "161.42")),
                        List.of(new Amount("GBP", 1, "-15.30"))),
                new Loyalty(700, "GOLD"),
                new Feedback(1, List.of(new Metric("NPS", 1, new BigDecimal("9.00")))),
                NOW,
                List.of("REFERRED_BY"));
    }

    private static <T> T json(String text, Class<T> type) {
        try {
            return JSON.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}

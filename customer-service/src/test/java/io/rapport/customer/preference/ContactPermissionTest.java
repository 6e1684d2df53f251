package io.rapport.customer.preference;

import static io.rapport.customer.CustomersApi.as;
import static io.rapport.customer.CustomersApi.get;
import static io.rapport.customer.CustomersApi.known;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.preference.PreferencesApi.check;
import static io.rapport.customer.preference.PreferencesApi.forget;
import static io.rapport.customer.preference.PreferencesApi.stated;
import static io.rapport.customer.preference.PreferencesApi.tell;
import static io.rapport.customer.preference.PreferencesApi.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether we may turn to a customer; the contacts come through Kafka. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ContactPermissionTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private final Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
    private static final String UNSURE = ", \"confidence\": 0.4";

    private final Events events = Events.ofSuite();

    @AfterEach
    void close() {
        events.close();
    }

    @Test
    void who_prefers_nothing_may_be_turned_to() {
        UUID customer = registered("{\"timeZone\": \"Asia/Tokyo\"}");

        check(customer, "PHONE", now.plusSeconds(3600))
                .then()
                .statusCode(200)
                .body("customer", equalTo(customer.toString()))
                .body("channel", equalTo("PHONE"))
                .body("at", equalTo(now.plusSeconds(3600).toString()))
                .body("timeZone", equalTo("Asia/Tokyo"))
                .body("permitted", equalTo(true))
                .body("findings", empty());
        check(registered("{}"), "PHONE", now.plusSeconds(60))
                .then()
                .body("timeZone", equalTo("UTC"));
    }

    @ParameterizedTest
    @CsvSource({"21:59, true", "22:00, false", "00:00, false", "07:29, false", "07:30, true"})
    void quiet_hours_are_by_the_customers_clock_and_across_midnight(
            LocalTime time, boolean permitted) {
        UUID customer = registered("{\"timeZone\": \"Asia/Tokyo\"}");
        tell(customer, "quiet-hours", stated("{\"from\": \"22:00\", \"to\": \"07:30\"}"))
                .then()
                .statusCode(200);
        ZoneId tokyo = ZoneId.of("Asia/Tokyo");
        ZonedDateTime at = now.atZone(tokyo).toLocalDate().plusDays(2).atTime(time).atZone(tokyo);

        var answer = check(customer, "CHAT", at.toInstant()).then().statusCode(200);
        answer.body("permitted", equalTo(permitted));
        if (!permitted) {
            ZonedDateTime end =
                    at.toLocalTime().isBefore(LocalTime.NOON)
                            ? at.with(LocalTime.of(7, 30))
                            : at.plusDays(1).with(LocalTime.of(7, 30));
            answer.body("findings.code", contains("QUIET_HOURS"))
                    .body("findings[0].binding", equalTo(true))
                    .body("findings[0].until", equalTo(end.toInstant().toString()))
                    .body("findings[0].preference.key", equalTo("quiet-hours"))
                    .body("findings[0].preference.learnt", equalTo("STATED"));
        }
    }

    @Test
    void an_avoided_channel_binds_and_one_that_is_not_preferred_is_told() {
        UUID customer = registered("{}");
        tell(customer, "avoided-channels", stated("[\"PHONE\"]")).then().statusCode(200);
        tell(customer, "preferred-channels", stated("[\"EMAIL\", \"PHONE\"]"))
                .then()
                .statusCode(200);
        Instant at = now.plusSeconds(60);

        check(customer, "EMAIL", at).then().body("findings", empty());
        check(customer, "SMS", at)
                .then()
                .body("permitted", equalTo(true))
                .body("findings.code", contains("CHANNEL_NOT_PREFERRED"))
                .body("findings.binding", contains(false));
        check(customer, "PHONE", at)
                .then()
                .body("permitted", equalTo(false))
                .body("findings.code", contains("CHANNEL_AVOIDED"));
    }

    @Test
    void what_is_unlikely_is_told_and_does_not_bind() {
        UUID customer = registered("{}");
        tell(customer, "avoided-channels", told("INFERRED", "[\"PHONE\"]", UNSURE))
                .then()
                .statusCode(200);

        check(customer, "PHONE", now.plusSeconds(60))
                .then()
                .body("permitted", equalTo(true))
                .body("findings.code", contains("CHANNEL_AVOIDED"))
                .body("findings.binding", contains(false));
        tell(customer, "avoided-channels", stated("[\"SMS\"]")).then().statusCode(200);
        check(customer, "PHONE", now.plusSeconds(60)).then().body("findings", empty());
    }

    @Test
    void a_rhythm_counts_what_we_did_and_tells_until_when() {
        UUID customer = registered("{}");
        tell(customer, "contact-rhythm", stated("{\"atMost\": 2, \"within\": \"P7D\"}"))
                .then()
                .statusCode(200);
        Instant first = now.minus(Duration.ofDays(2));
        contact(customer, 1, "OUTBOUND", now.minus(Duration.ofDays(8)));
        contact(customer, 2, "OUTBOUND", first);
        contact(customer, 3, "INBOUND", now.minus(Duration.ofDays(1)));
        contact(customer, 4, "OUTBOUND", now.minus(Duration.ofDays(1)));
        Instant at = now.plusSeconds(60);

        await().atMost(LIMIT)
                .untilAsserted(
                        () ->
                                check(customer, "EMAIL", at)
                                        .then()
                                        .body("permitted", equalTo(false)));
        check(customer, "EMAIL", at)
                .then()
                .body("findings.code", contains("RHYTHM_REACHED"))
                .body("findings[0].until", equalTo(first.plus(Duration.ofDays(7)).toString()))
                .body("findings[0].preference.value.atMost", equalTo(2));
        check(customer, "EMAIL", first.plus(Duration.ofDays(7)).minusMillis(1))
                .then()
                .body("permitted", equalTo(false));
        check(customer, "EMAIL", first.plus(Duration.ofDays(7)))
                .then()
                .body("permitted", equalTo(true));
        tell(customer, "contact-rhythm", stated("{\"atMost\": 0, \"within\": \"P1D\"}"));
        check(customer, "EMAIL", at)
                .then()
                .body("permitted", equalTo(false))
                .body("findings[0]", not(hasKey("until")));
    }

    private void contact(UUID customer, int sequence, String direction, Instant at) {
        events.draft(Topic.INTERACTIONS, customer, sequence, "interaction.recorded.v1")
                .time(at)
                .data(
                        """
                        {"interaction": "%s", "type": "CONTACT", "channel": "EMAIL", "direction": "%s"}"""
                                .formatted(UUID.randomUUID(), direction))
                .send();
    }

    @Test
    void a_time_that_has_passed_is_answered_by_what_was_known_then() {
        UUID customer = registered("{}");
        tell(customer, "avoided-channels", stated("[\"PHONE\"]")).then().statusCode(200);
        String then = get(customer).path("updatedAt");
        forget(customer, "avoided-channels").then().statusCode(200);

        check(customer, "PHONE", then)
                .then()
                .statusCode(200)
                .body("permitted", equalTo(false))
                .body("findings.code", contains("CHANNEL_AVOIDED"));
        check(customer, "PHONE", now.plusSeconds(600)).then().body("permitted", equalTo(true));
        check(customer, "PHONE", "2020-01-01T00:00:00Z")
                .then()
                .statusCode(404)
                .body("code", equalTo("not-known-then"));
    }

    @Test
    void several_findings_are_told_at_once() {
        UUID customer = registered("{}");
        tell(customer, "avoided-channels", stated("[\"PHONE\"]"));
        tell(customer, "preferred-channels", stated("[\"EMAIL\"]"));
        tell(customer, "quiet-hours", stated("{\"from\": \"00:00\", \"to\": \"23:59\"}"));
        tell(customer, "contact-rhythm", stated("{\"atMost\": 0, \"within\": \"P1D\"}"));
        Instant noon = now.plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.DAYS).plusSeconds(43200);

        check(customer, "PHONE", noon)
                .then()
                .body("permitted", equalTo(false))
                .body(
                        "findings.code",
                        containsInAnyOrder(
                                "CHANNEL_AVOIDED",
                                "CHANNEL_NOT_PREFERRED",
                                "QUIET_HOURS",
                                "RHYTHM_REACHED"));
    }

    @Test
    void a_partner_asks_about_its_own_customers_and_learns_no_more_than_the_answer() {
        UUID customer = known(newExternalId());
        tell(customer, "avoided-channels", stated("[\"PHONE\"]")).then().statusCode(200);
        Instant at = now.plusSeconds(60);

        check(as(Tokens.partner("shop")), customer, "PHONE", at)
                .then()
                .statusCode(200)
                .body("permitted", equalTo(false))
                .body("findings[0]", not(hasKey("preference")));
        tell(customer, "avoided-channels", stated("[\"SMS\"]")).then().statusCode(200);
        tell(customer, "contact-rhythm", stated("{\"atMost\": 0, \"within\": \"P31D\"}"))
                .then()
                .statusCode(200);
        assertThat(check(as(Tokens.partner("shop")), customer, "PHONE", at).asString())
                .contains("RHYTHM_REACHED")
                .doesNotContain("P31D", "until");
        check(as(Tokens.partner("other")), customer, "PHONE", at)
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown-customer"));
        check(as(Tokens.partner("other")), customer, "FAX", "x").then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource({
        "FAX, 2026-11-20T09:14:05Z, channel",
        "'', 2026-11-20T09:14:05Z, channel",
        "PHONE, tomorrow, at",
        "PHONE, 2026-11-20, at",
        "PHONE, 9999-01-01T00:00:00Z, at",
    })
    void a_question_that_is_none_is_refused(String channel, String at, String parameter) {
        check(registered("{}"), channel, at)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.parameter", hasItem(parameter));
    }
}

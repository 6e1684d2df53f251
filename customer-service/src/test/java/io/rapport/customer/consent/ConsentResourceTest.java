package io.rapport.customer.consent;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.consent.ConsentsApi.check;
import static io.rapport.customer.consent.ConsentsApi.checkAt;
import static io.rapport.customer.consent.ConsentsApi.confirm;
import static io.rapport.customer.consent.ConsentsApi.give;
import static io.rapport.customer.consent.ConsentsApi.given;
import static io.rapport.customer.consent.ConsentsApi.givenAt;
import static io.rapport.customer.consent.ConsentsApi.purpose;
import static io.rapport.customer.consent.ConsentsApi.purposeWithDoubleOptIn;
import static io.rapport.customer.consent.ConsentsApi.put;
import static io.rapport.customer.consent.ConsentsApi.terms;
import static io.rapport.customer.consent.ConsentsApi.withdraw;
import static io.rapport.customer.consent.ConsentsApi.withdrawn;
import static io.rapport.customer.consent.ConsentsApi.withdrawnAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.customer.CustomersApi;
import io.rapport.platform.testing.ShiftableClock;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ConsentResourceTest {

    @Inject ShiftableClock clock;

    @AfterEach
    void resetClock() {
        clock.reset();
    }

    @Test
    void without_any_word_there_is_no_consent() {
        UUID customer = registered("{}");
        String purpose = purpose();

        check(customer, purpose)
                .then()
                .statusCode(200)
                .body("customer", equalTo(customer.toString()))
                .body("permitted", equalTo(false))
                .body("reason", equalTo("NONE"))
                .body("at", notNullValue())
                .body("$", not(hasKey("record")));
        agent().get("/customers/{customer}/consents", customer)
                .then()
                .statusCode(200)
                .body("items", hasSize(0));
    }

    @Test
    void what_was_given_is_allowed_on_its_channel_until_it_is_withdrawn() {
        UUID customer = registered("{}");
        String purpose = purpose();

        Response given = give(customer, given(purpose));
        given.then()
                .statusCode(201)
                .header("Rapport-Version", notNullValue())
                .body("recorded.kind", equalTo("GIVEN"))
                .body("recorded.source", equalTo("shop"))
                .body("recorded.textVersion", equalTo("v1"))
                .body("recorded.needsConfirmation", equalTo(false))
                .body("consent.state", equalTo("GIVEN"));
        check(customer, purpose)
                .then()
                // Who was given it was seen as well, and a check tells of the consents only.
                .header("Rapport-Version", in(given.header("Rapport-Version").split(",")))
                .body("permitted", equalTo(true))
                .body("reason", equalTo("GIVEN"))
                .body("record.id", equalTo(given.path("recorded.id")))
                .body("$", not(hasKey("validUntil")));
        agent().queryParam("purpose", purpose)
                .queryParam("channel", "SMS")
                .get("/customers/{customer}/consents/check", customer)
                .then()
                .body("permitted", equalTo(false));

        Response withdrawn = withdraw(customer, withdrawn(purpose));
        withdrawn.then().statusCode(200).body("consent.state", equalTo("WITHDRAWN"));
        check(customer, purpose)
                .then()
                .body("permitted", equalTo(false))
                .body("reason", equalTo("WITHDRAWN"))
                .body("record.id", equalTo(withdrawn.path("recorded.id")))
                .body("record.source", equalTo("mailer"));

        give(customer, given(purpose)).then().body("consent.state", equalTo("GIVEN"));
    }

    @Test
    void a_double_opt_in_counts_from_its_confirmation_on() {
        UUID customer = registered("{}");
        String purpose = purposeWithDoubleOptIn();
        Response given = give(customer, given(purpose));
        String id = given.path("recorded.id");
        given.then()
                .statusCode(201)
                .body("recorded.needsConfirmation", equalTo(true))
                .body("consent.state", equalTo("PENDING"))
                .body("consent.pending", equalTo(id));
        check(customer, purpose)
                .then()
                .body("permitted", equalTo(false))
                .body("reason", equalTo("PENDING"));

        Response confirmed = confirm(customer, id);
        confirmed
                .then()
                .statusCode(200)
                .body("recorded.kind", equalTo("CONFIRMED"))
                .body("recorded.confirms", equalTo(id))
                .body("consent.state", equalTo("GIVEN"))
                .body("consent.record.id", equalTo(id))
                .body("consent.confirmation.id", equalTo(confirmed.path("recorded.id")))
                .body("consent.pending", nullValue());
        check(customer, purpose).then().body("permitted", equalTo(true));
        assertThat(confirm(customer, id).asString()).isEqualTo(confirmed.asString());

        // What is asked of the purpose later changes nothing of what was given.
        put(purpose, "If-Match", "*", terms("null", false, true)).then().statusCode(200);
        check(customer, purpose).then().body("record.needsConfirmation", equalTo(true));
    }

    @Test
    void what_cannot_be_confirmed_is_told_apart() {
        UUID customer = registered("{}");
        String atOnce = purpose();
        String id = give(customer, given(atOnce)).path("recorded.id");
        refused(confirm(customer, id), 409, "confirmation-not-needed");
        refused(confirm(customer, UUID.randomUUID()), 404, "unknown-consent");
        refused(confirm(registered("{}"), id), 404, "unknown-consent");
        String withdrawal = withdraw(customer, withdrawn(atOnce)).path("recorded.id");
        refused(confirm(customer, withdrawal), 404, "unknown-consent");

        String purpose = purposeWithDoubleOptIn();
        String pending = give(customer, given(purpose)).path("recorded.id");
        withdraw(customer, withdrawn(purpose)).then().statusCode(200);
        refused(confirm(customer, pending), 409, "consent-withdrawn");

        String shortly = purpose(terms("\"P1D\"", true, true));
        String expiring = give(customer, given(shortly)).path("recorded.id");
        clock.shift(Duration.ofDays(2));
        refused(confirm(customer, expiring), 409, "consent-expired");
    }

    private static void refused(Response answer, int status, String code) {
        answer.then().statusCode(status).body("code", equalTo(code));
    }

    @Test
    void it_ends_with_the_purposes_validity_in_the_calendar_of_the_customer() {
        UUID customer = registered("{\"timeZone\": \"Europe/Berlin\"}");
        String purpose = purpose(terms("\"P6M\"", false, true));

        // Noon in winter, noon in summer.
        give(customer, givenAt(purpose, "2026-01-15T11:00:00Z"))
                .then()
                .body("consent.validUntil", equalTo("2026-07-15T10:00:00Z"))
                .body("consent.state", equalTo("EXPIRED"));
        give(registered("{}"), givenAt(purpose, "2026-01-15T11:00:00Z"))
                .then()
                .body("consent.validUntil", equalTo("2026-07-15T11:00:00Z"));
    }

    @Test
    void it_ends_by_its_own_words_if_that_is_earlier() {
        UUID customer = registered("{}");
        String purpose = purpose(terms("\"P10D\"", false, true));
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        String evidence = "\"source\": \"shop\", \"textVersion\": \"v1\"";

        Instant early = now.plus(Duration.ofDays(1));
        give(customer, given(purpose, evidence, ", \"validUntil\": \"" + early + "\""))
                .then()
                .body("consent.validUntil", equalTo(early.toString()));
        check(customer, purpose)
                .then()
                .body("permitted", equalTo(true))
                .body("validUntil", equalTo(early.toString()));
        clock.shift(Duration.ofDays(1).plusMinutes(1));
        check(customer, purpose)
                .then()
                .body("permitted", equalTo(false))
                .body("reason", equalTo("EXPIRED"));

        Instant late = now.plus(Duration.ofDays(100));
        Response given =
                give(customer, given(purpose, evidence, ", \"validUntil\": \"" + late + "\""));
        Instant occurredAt = Instant.parse(given.path("recorded.occurredAt"));
        assertThat(Instant.parse(given.path("consent.validUntil")))
                .isEqualTo(occurredAt.plus(Duration.ofDays(10)));
    }

    @Test
    void a_change_of_the_purpose_leaves_what_was_given_before() {
        UUID customer = registered("{}");
        String purpose = purpose();
        give(customer, given(purpose)).then().statusCode(201);

        put(
                        purpose,
                        "If-Match",
                        "*",
                        """
                        {"title": {"en": "News"}, "channels": ["LETTER"], "validity": "P1D", "doubleOptIn": true,
                         "active": true}""")
                .then()
                .statusCode(200);

        check(customer, purpose)
                .then()
                .body("permitted", equalTo(true))
                .body("$", not(hasKey("validUntil")));
        give(customer, given(purpose)).then().statusCode(400);
    }

    @Test
    void a_past_time_is_answered_as_it_was() {
        UUID customer = registered("{}");
        String purpose = purpose();
        Instant before = clock.instant();
        clock.shift(Duration.ofHours(1));
        Instant given = Instant.parse(give(customer, given(purpose)).path("recorded.recordedAt"));
        clock.shift(Duration.ofHours(1));
        Instant withdrawn =
                Instant.parse(withdraw(customer, withdrawn(purpose)).path("recorded.recordedAt"));

        checkAt(customer, purpose, before).then().body("reason", equalTo("NONE"));
        checkAt(customer, purpose, given.minus(1, ChronoUnit.MICROS))
                .then()
                .body("reason", equalTo("NONE"));
        checkAt(customer, purpose, given)
                .then()
                .body("reason", equalTo("GIVEN"))
                .body("at", equalTo(given.toString()));
        checkAt(customer, purpose, withdrawn.minus(1, ChronoUnit.MICROS))
                .then()
                .body("permitted", equalTo(true));
        checkAt(customer, purpose, withdrawn).then().body("permitted", equalTo(false));
    }

    @Test
    void evidence_that_arrives_late_changes_what_holds_and_not_what_was_answered() {
        UUID customer = registered("{}");
        String purpose = purpose();
        Instant start = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        give(customer, givenAt(purpose, start.minusSeconds(3600))).then().statusCode(201);
        Instant meanwhile = clock.instant();
        clock.shift(Duration.ofMinutes(30));

        withdraw(customer, withdrawnAt(purpose, start.minusSeconds(1800)))
                .then()
                .body("consent.state", equalTo("WITHDRAWN"));

        check(customer, purpose).then().body("permitted", equalTo(false));
        checkAt(customer, purpose, meanwhile).then().body("permitted", equalTo(true));
        checkAt(customer, purpose, start.minusSeconds(1700)).then().body("reason", equalTo("NONE"));
        // What was given before the withdrawal, and is told after it, is evidence and no consent.
        give(customer, givenAt(purpose, start.minusSeconds(1900)))
                .then()
                .statusCode(201)
                .body("consent.state", equalTo("WITHDRAWN"));
        give(customer, givenAt(purpose, start.minusSeconds(1800)))
                .then()
                .body("consent.state", equalTo("WITHDRAWN"));
        give(customer, givenAt(purpose, start.minusSeconds(1799)))
                .then()
                .body("consent.state", equalTo("GIVEN"));
    }

    @Test
    void a_clock_that_runs_ahead_does_not_put_a_giving_behind_the_withdrawal_that_follows() {
        UUID customer = registered("{}");
        String purpose = purpose();

        Response given = give(customer, givenAt(purpose, clock.instant().plusSeconds(200)));
        given.then()
                .statusCode(201)
                .body("recorded.occurredAt", equalTo(given.path("recorded.recordedAt")));

        withdraw(customer, withdrawn(purpose)).then().body("consent.state", equalTo("WITHDRAWN"));
    }

    @Test
    void a_replica_whose_clock_is_behind_still_has_the_last_word() {
        UUID customer = registered("{}");
        String purpose = purpose();
        clock.shift(Duration.ofMinutes(2));
        give(customer, given(purpose)).then().statusCode(201);
        clock.reset();

        check(customer, purpose).then().body("permitted", equalTo(true));
        withdraw(customer, withdrawn(purpose)).then().body("consent.state", equalTo("WITHDRAWN"));
        check(customer, purpose).then().body("permitted", equalTo(false));
        give(customer, given(purpose)).then().body("consent.state", equalTo("GIVEN"));
    }

    @Test
    void the_same_key_records_once() {
        UUID customer = registered("{}");
        String purpose = purpose();
        String key = UUID.randomUUID().toString();

        Response first = give(agent(), key, customer, given(purpose));
        Response again = give(agent(), key, customer, given(purpose));

        again.then().statusCode(201).header("Idempotency-Replayed", "true");
        assertThat(again.asString()).isEqualTo(first.asString());
        give(agent(), key, customer, withdrawnAt(purpose, "2026-01-01T00:00:00Z"))
                .then()
                .statusCode(400);
        give(agent(), key, registered("{}"), given(purpose)).then().statusCode(422);
        agent().get("/customers/{customer}/consents/history", customer)
                .then()
                .body("items", hasSize(1));
    }

    @Test
    void a_customer_is_named_by_identity_too() {
        String externalId = newExternalId();
        String id = CustomersApi.put("shop", externalId, "{}").path("id");
        String reference = "shop:" + externalId;
        String purpose = purpose();

        give(reference, given(purpose)).then().statusCode(201);
        check(reference, purpose)
                .then()
                .body("customer", equalTo(id))
                .body("permitted", equalTo(true));
        agent().get("/customers/{customer}/consents", reference)
                .then()
                .body("items.purpose", contains(purpose));
    }

    @Test
    void the_list_tells_what_holds_now_by_purpose_and_channel_in_pages() {
        UUID customer = registered("{}");
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String purpose = purpose();
            give(customer, given(purpose)).then().statusCode(201);
            withdraw(customer, withdrawn(purpose)).then().statusCode(200);
            give(customer, given(purpose).replace("EMAIL", "SMS")).then().statusCode(201);
            expected.add(purpose + " EMAIL WITHDRAWN");
            expected.add(purpose + " SMS GIVEN");
        }

        List<String> listed = new ArrayList<>();
        @Nullable String after = null;
        do {
            Response page = page("/customers/{customer}/consents", customer, 4, after);
            for (int i = 0; i < page.<List<?>>path("items").size(); i++) {
                listed.add(
                        "%s %s %s"
                                .formatted(
                                        page.<String>path("items[%d].purpose".formatted(i)),
                                        page.<String>path("items[%d].channel".formatted(i)),
                                        page.<String>path("items[%d].state".formatted(i))));
            }
            after = page.path("next");
        } while (after != null);

        assertThat(listed).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void the_history_tells_all_newest_first_with_who_recorded_it() {
        UUID customer = registered("{}");
        String purpose = purposeWithDoubleOptIn();
        String given = give(customer, given(purpose)).path("recorded.id");
        confirm(customer, given).then().statusCode(200);
        withdraw(customer, withdrawn(purpose)).then().statusCode(200);

        List<String> kinds = new ArrayList<>();
        @Nullable String after = null;
        do {
            Response page = page("/customers/{customer}/consents/history", customer, 2, after);
            page.then()
                    .body("items[0].recordedBy", equalTo("agent-7"))
                    .body("items[0].correlationId", notNullValue());
            kinds.addAll(page.path("items.kind"));
            after = page.path("next");
        } while (after != null);

        assertThat(kinds).containsExactly("WITHDRAWN", "CONFIRMED", "GIVEN");
    }

    private static Response page(String path, UUID customer, int limit, @Nullable String after) {
        var request = agent().queryParam("limit", limit);
        Response page =
                (after == null ? request : request.queryParam("after", after)).get(path, customer);
        page.then().statusCode(200);
        return page;
    }
}

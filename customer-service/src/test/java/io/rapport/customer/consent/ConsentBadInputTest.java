package io.rapport.customer.consent;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.as;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.consent.ConsentsApi.check;
import static io.rapport.customer.consent.ConsentsApi.confirm;
import static io.rapport.customer.consent.ConsentsApi.give;
import static io.rapport.customer.consent.ConsentsApi.given;
import static io.rapport.customer.consent.ConsentsApi.givenAt;
import static io.rapport.customer.consent.ConsentsApi.purpose;
import static io.rapport.customer.consent.ConsentsApi.purposeWithDoubleOptIn;
import static io.rapport.customer.consent.ConsentsApi.withdraw;
import static io.rapport.customer.consent.ConsentsApi.withdrawn;
import static io.rapport.customer.consent.ConsentsApi.withdrawnAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.customer.CustomersApi;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in, the answer says what to do, and nothing is recorded. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ConsentBadInputTest {

    private static final String EVIDENCE = "\"source\": \"shop\", \"textVersion\": \"v1\"";

    @Test
    void a_purpose_that_there_is_not_is_told_as_such_everywhere() throws Exception {
        UUID customer = registered("{}");
        String unknown = "no-such-purpose";

        refused(give(customer, given(unknown)), "unknown-consent-purpose", "/purpose");
        refused(withdraw(customer, given(unknown)), "unknown-consent-purpose", "/purpose");
        check(customer, unknown)
                .then()
                .statusCode(400)
                .body("code", equalTo("unknown-consent-purpose"))
                .body("errors.parameter", hasItem("purpose"));
        assertThat(records(customer)).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                          | /evidence",
                "{}                                                          | /purpose",
                "{}                                                          | /channel",
                "{\"purpose\": 7}                                            | /purpose",
                "{\"channel\": \"FAX\"}                                      | /channel",
                "{\"channel\": \"email\"}                                    | /channel",
                "{\"evidence\": \"shop\"}                                    | /evidence",
                "{\"evidence\": {}, \"purpose\": \"p\", \"channel\": \"SMS\"}  | /evidence/source",
                "{\"evidence\": {\"source\": \"My Shop\"}}                   | /evidence/source",
                "{\"evidence\": {\"source\": \"s\", \"textVersion\": \"a b\"}} | /evidence/textVersion",
                "{\"evidence\": {\"source\": \"s\", \"textVersion\": \"\"}}    | /evidence/textVersion",
                "{\"evidence\": {\"source\": \"s\", \"ip\": \"10.0.0.1\"}}     | /evidence/ip",
                "{\"evidence\": {\"occurredAt\": \"yesterday\"}}             | /evidence/occurredAt",
                "{\"evidence\": {\"occurredAt\": 1763629200}}                | /evidence/occurredAt",
                "{\"recordedAt\": \"2026-11-20T09:14:05Z\"}                  | /recordedAt",
                "{\"id\": \"019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11\"}          | /id",
            })
    void a_wrong_field_is_named_on_every_entrance(String body, String pointer) throws Exception {
        UUID customer = registered("{}");

        fieldRefused(give(customer, body), pointer);
        fieldRefused(withdraw(customer, body), pointer);
        if (!pointer.equals("/purpose") && !pointer.equals("/channel")) {
            fieldRefused(
                    confirm(agent(), customer, UUID.randomUUID(), onlyEvidence(body)), pointer);
        }
        assertThat(records(customer)).isZero();
    }

    private static String onlyEvidence(String body) {
        return body.replaceAll(", \"(purpose|channel)\": \"[A-Za-z]+\"", "");
    }

    private static void fieldRefused(Response answer, String pointer) {
        answer.then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.pointer", hasItem(pointer));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "", "null", "[]", "\"x\"", "{\"purpose\": \"a\", \"purpose\": \"b\"}"})
    void what_is_no_consent_at_all_is_refused(String body) {
        UUID customer = registered("{}");
        give(customer, body).then().statusCode(400).contentType("application/problem+json");
        withdraw(customer, body).then().statusCode(400).contentType("application/problem+json");
        confirm(agent(), customer, UUID.randomUUID(), body)
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void a_time_at_which_it_cannot_have_been_said_is_refused() throws Exception {
        UUID customer = registered("{}");
        String purpose = purposeWithDoubleOptIn();
        Instant now = Clock.systemUTC().instant();
        for (Object at :
                new Object[] {
                    "1899-12-31T23:59:59Z",
                    "-999999999-01-01T00:00:00Z",
                    "+999999999-01-01T00:00:00Z",
                    now.plus(Duration.ofHours(1))
                }) {
            String body = ConsentsApi.givenAt(purpose, at);
            refused(give(customer, body), "impossible-time", "/evidence/occurredAt");
            refused(withdraw(customer, body), "impossible-time", "/evidence/occurredAt");
        }
        assertThat(records(customer)).isZero();

        String given = give(customer, given(purpose)).path("recorded.id");
        Response tooEarly =
                confirm(
                        agent(),
                        customer,
                        given,
                        "{\"evidence\": {\"source\": \"shop\", \"occurredAt\": \"2020-01-01T00:00:00Z\"}}");
        refused(tooEarly, "impossible-time", "/evidence/occurredAt");
        assertThat(records(customer)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1999-01-01T00:00:00Z",
                "2026-01-15T11:00:00Z",
                "2026-01-15T11:00:00.0000009Z",
                "+10000-01-01T00:00:00Z",
                "+999999999-01-01T00:00:00Z"
            })
    void an_end_lies_after_the_beginning(String validUntil) throws Exception {
        UUID customer = registered("{}");
        String body =
                given(
                        purpose(),
                        EVIDENCE + ", \"occurredAt\": \"2026-01-15T11:00:00Z\"",
                        ", \"validUntil\": \"%s\"".formatted(validUntil));

        refused(give(customer, body), "invalid-fields", "/validUntil");
        assertThat(records(customer)).isZero();
    }

    @Test
    void a_giving_says_of_which_text_and_on_a_channel_that_is_covered() throws Exception {
        UUID customer = registered("{}");
        String purpose = purpose();

        refused(
                give(customer, given(purpose, "\"source\": \"shop\"", "")),
                "invalid-fields",
                "/evidence/textVersion");
        refused(
                give(customer, given(purpose).replace("EMAIL", "LETTER")),
                "channel-not-covered",
                "/channel");
        assertThat(records(customer)).isZero();
        withdraw(customer, given(purpose).replace("EMAIL", "LETTER")).then().statusCode(200);
    }

    @Test
    void a_key_is_needed_where_something_is_recorded() {
        UUID customer = registered("{}");
        String purpose = purpose();
        for (String path : new String[] {"", "/withdraw"}) {
            agent().contentType(ContentType.JSON)
                    .body(given(purpose))
                    .post("/customers/{customer}/consents" + path, customer)
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("idempotency-key-missing"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "purpose,                     , unknown-consent-purpose",
        "purpose, Product News        , unknown-consent-purpose",
        "purpose, %00                 , invalid-address",
        "channel,                     , invalid-check",
        "channel, email               , invalid-check",
        "channel, FAX                 , invalid-check",
        "at,      yesterday           , invalid-time",
        "at,      2026-11-20          , invalid-time",
        "at,      2026-02-30T00:00:00Z, invalid-time",
        "at,      +10000-01-01T00:00:00Z, invalid-time",
        "at,      9999-01-01T00:00:00Z, invalid-check",
        "at,      -999999999-01-01T00:00:00Z, invalid-time",
    })
    void a_check_says_what_is_wrong_with_the_question(String name, String value, String code) {
        String asked = value == null ? "" : value.replace(" ", "+");
        String query =
                "purpose=%s&channel=%s&at=%s"
                        .formatted(
                                name.equals("purpose") ? asked : purpose(),
                                name.equals("channel") ? asked : "EMAIL",
                                name.equals("at") ? asked : "2026-01-01T00:00:00Z");
        Response answer =
                agent().urlEncodingEnabled(false)
                        .get("/customers/" + registered("{}") + "/consents/check?" + query);

        answer.then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo(code));
    }

    @Test
    void a_check_without_a_question_is_refused() {
        agent().get("/customers/{customer}/consents/check", registered("{}"))
                .then()
                .statusCode(400)
                .body("code", equalTo("unknown-consent-purpose"));
    }

    @ParameterizedTest
    @CsvSource({
        "42, 400, invalid-customer-reference",
        "shop:ada@example.org, 400, external-id-is-contact-data",
        "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11, 404, unknown-customer",
        "shop:nobody-has-this, 404, unknown-customer",
    })
    void a_customer_that_there_is_not_is_told_everywhere(
            String reference, int status, String code) {
        String purpose = purpose();
        Response[] answers = {
            give(reference, given(purpose)),
            withdraw(reference, given(purpose)),
            confirm(reference, UUID.randomUUID()),
            check(reference, purpose),
            agent().get("/customers/{customer}/consents", reference),
            agent().get("/customers/{customer}/consents/history", reference),
        };
        for (Response answer : answers) {
            answer.then().statusCode(status).body("code", equalTo(code));
        }
    }

    @ParameterizedTest
    @CsvSource({"ERASED, 410, customer-erased", "MERGED, 409, customer-merged"})
    void nothing_is_recorded_of_one_that_was_erased_or_merged(
            String customerStatus, int status, String code) throws Exception {
        UUID customer = registered("{}");
        String purpose = purpose();
        give(customer, given(purpose)).then().statusCode(201);
        Databases.asOwner()
                .execute("UPDATE customer SET status = ? WHERE id = ?", customerStatus, customer);

        give(customer, given(purpose)).then().statusCode(status).body("code", equalTo(code));
        withdraw(customer, given(purpose)).then().statusCode(status);
        assertThat(records(customer)).isEqualTo(1);
        if (status == 410) {
            check(customer, purpose).then().statusCode(410).body("code", equalTo(code));
        }
    }

    @Test
    void a_cursor_of_another_list_is_refused() {
        UUID customer = registered("{}");
        String purpose = purpose();
        for (String channel : new String[] {"EMAIL", "SMS"}) {
            give(customer, given(purpose).replace("EMAIL", channel)).then().statusCode(201);
        }
        String next =
                agent().queryParam("limit", 1)
                        .get("/customers/{customer}/consents", customer)
                        .path("next");

        agent().queryParam("after", next)
                .get("/customers/{customer}/consents/history", customer)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-cursor"));
        agent().queryParam("after", next)
                .get("/customers/{customer}/consents", registered("{}"))
                .then()
                .statusCode(400);
    }

    @Test
    void there_is_an_end_to_what_can_be_said_but_not_to_withdrawing() throws Exception {
        UUID customer = registered("{}");
        String purpose = purpose();
        recorded(customer, purpose, "GIVEN", "shop", ConsentRoom.MAX_GIVINGS);

        give(customer, given(purpose))
                .then()
                .statusCode(409)
                .body("code", equalTo("too-many-consent-records"));
        check(customer, purpose).then().body("permitted", equalTo(true));
        withdraw(customer, ConsentsApi.withdrawn(purpose))
                .then()
                .statusCode(200)
                .body("consent.state", equalTo("WITHDRAWN"));
        withdraw(customer, ConsentsApi.withdrawn(purpose)).then().statusCode(200);
        assertThat(records(customer)).isEqualTo(ConsentRoom.MAX_GIVINGS + 2);
    }

    @Test
    void a_withdrawal_beyond_count_is_recorded_when_it_ends_something() throws Exception {
        UUID customer = registered("{}");
        String purpose = purpose();
        recorded(customer, purpose, "WITHDRAWN", "mailer", ConsentRoom.MAX_WITHDRAWALS);

        String latest = withdraw(customer, withdrawn(purpose)).path("recorded.id");
        withdraw(customer, withdrawn(purpose))
                .then()
                .statusCode(200)
                .body("recorded.id", equalTo(latest))
                .body("consent.state", equalTo("WITHDRAWN"));
        assertThat(records(customer)).isEqualTo(ConsentRoom.MAX_WITHDRAWALS);

        // One of those that were not recorded may have come after it.
        give(customer, givenAt(purpose, "2026-02-01T00:00:00Z"))
                .then()
                .statusCode(409)
                .body("code", equalTo("too-many-consent-records"));
        give(customer, given(purpose))
                .then()
                .statusCode(201)
                .body("consent.state", equalTo("GIVEN"));
        withdraw(customer, withdrawnAt(purpose, "2026-02-01T00:00:00Z"))
                .then()
                .statusCode(200)
                .body("recorded.id", equalTo(latest))
                .body("consent.state", equalTo("GIVEN"));
        withdraw(customer, withdrawn(purpose))
                .then()
                .statusCode(200)
                .body("recorded.id", not(latest))
                .body("consent.state", equalTo("WITHDRAWN"));
        assertThat(records(customer)).isEqualTo(ConsentRoom.MAX_WITHDRAWALS + 2);
    }

    @ParameterizedTest
    @CsvSource({"card, 500", "other, 900"})
    void a_partner_leaves_room_to_staff(String source, int most) throws Exception {
        UUID customer = UUID.fromString(CustomersApi.put("card", newExternalId(), "{}").path("id"));
        String purpose = purpose();
        String own = given(purpose, "\"source\": \"card\", \"textVersion\": \"v1\"", "");
        recorded(customer, purpose, "GIVEN", source, most - 1);

        giveByPartner(customer, own).then().statusCode(201);
        giveByPartner(customer, own)
                .then()
                .statusCode(409)
                .body("code", equalTo("too-many-consent-records"));
        withdraw(as(Tokens.partner("card")), customer, own)
                .then()
                .statusCode(200)
                .body("consent.state", equalTo("WITHDRAWN"));
        give(customer, given(purpose))
                .then()
                .statusCode(201)
                .body("consent.state", equalTo("GIVEN"));
        withdraw(customer, withdrawn(purpose))
                .then()
                .statusCode(200)
                .body("consent.state", equalTo("WITHDRAWN"));
    }

    private static Response giveByPartner(UUID customer, String body) {
        return give(as(Tokens.partner("card")), UUID.randomUUID().toString(), customer, body);
    }

    @Test
    void a_page_of_consents_is_cut_before_it_reads_too_much() throws Exception {
        UUID customer = registered("{}");
        List<String> purposes = Stream.generate(ConsentsApi::purpose).limit(3).sorted().toList();
        for (String purpose : purposes) {
            recorded(customer, purpose, "WITHDRAWN", "mailer", ConsentHistory.MOST_READ * 2 / 5);
        }

        Response first = agent().get("/customers/{customer}/consents", customer);

        first.then().statusCode(200).body("items.purpose", equalTo(purposes.subList(0, 2)));
        agent().queryParam("after", first.<String>path("next"))
                .get("/customers/{customer}/consents", customer)
                .then()
                .statusCode(200)
                .body("items.purpose", equalTo(purposes.subList(2, 3)))
                .body("next", nullValue());
    }

    private static void recorded(
            UUID customer, String purpose, String kind, String source, int times) throws Exception {
        Databases.asOwner()
                .execute(
                        """
                        INSERT INTO consent_record (customer_id, id, purpose, channel, kind, occurred_at, recorded_at,
                            needs_confirmation, source, text_version)
                        SELECT ?, gen_random_uuid(), ?, 'EMAIL', ?, time, time, false, ?, 'v1'
                        FROM generate_series(1, ?) n, LATERAL (SELECT timestamptz '2026-01-01Z' + n * interval '1 s') t (time)
                        """,
                        customer,
                        purpose,
                        kind,
                        source,
                        times);
    }

    private static void refused(Response answer, String code, String pointer) {
        answer.then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo(code))
                .body("errors.pointer", hasItem(pointer));
    }

    private static long records(UUID customer) throws Exception {
        return Databases.asOwner()
                .number("SELECT count(*) FROM consent_record WHERE customer_id = ?", customer);
    }
}

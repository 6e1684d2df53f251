package io.rapport.customer.preference;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.get;
import static io.rapport.customer.CustomersApi.merge;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.CustomersApi.unmerge;
import static io.rapport.customer.preference.PreferencesApi.check;
import static io.rapport.customer.preference.PreferencesApi.forget;
import static io.rapport.customer.preference.PreferencesApi.read;
import static io.rapport.customer.preference.PreferencesApi.stated;
import static io.rapport.customer.preference.PreferencesApi.tell;
import static io.rapport.customer.preference.PreferencesApi.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.SuiteResource;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What customers prefer who are merged: all that they have said, and of what binds us the
 * strictest.
 */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class MergedPreferenceTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String SURE = ", \"confidence\": 0.9";

    private final Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
    private final Instant midnight = now.plus(Duration.ofDays(2)).truncatedTo(ChronoUnit.DAYS);
    private final Events events = Events.ofSuite();
    private UUID survivor;
    private UUID member;

    @BeforeEach
    void make() {
        survivor = registered("{}");
        member = registered("{}");
    }

    @AfterEach
    void close() {
        events.close();
    }

    @Test
    void what_a_member_stated_holds_before_what_was_inferred_of_the_survivor() {
        tell(survivor, "newsletter", told("INFERRED", "\"daily\"", SURE)).then().statusCode(200);
        tell(member, "newsletter", stated("\"weekly\"")).then().statusCode(200);

        merge(survivor, member).then().statusCode(200);

        read(member, "newsletter")
                .then()
                .statusCode(200)
                .header("Content-Location", equalTo(path("/preferences/newsletter")))
                .body("value", equalTo("weekly"))
                .body("learnt", equalTo("STATED"))
                .body("member", equalTo(member.toString()))
                .body("why", equalTo("STATED holds before INFERRED."))
                .body("others.value", contains("daily"))
                .body("others[0]", not(hasKey("member")));
        get(survivor).then().body("preferences", hasSize(2));
    }

    @Test
    void of_what_binds_nobody_the_newest_holds() {
        tell(member, "newsletter", stated("\"weekly\"")).then().statusCode(200);
        tell(survivor, "newsletter", stated("\"never\"")).then().statusCode(200);
        merge(survivor, member).then().statusCode(200);

        read(survivor, "newsletter")
                .then()
                .body("value", equalTo("never"))
                .body("why", equalTo("Several are STATED: this is the newest."))
                .body("others.value", contains("weekly"))
                .body("others.member", contains(member.toString()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "contact-rhythm | {\"atMost\": 1, \"within\": \"P1M\"} | {\"atMost\": 2, \"within\": \"P7D\"}",
                "quiet-hours | {\"from\": \"20:00\", \"to\": \"09:00\"} | {\"from\": \"01:00\", \"to\": \"12:00\"}",
                "avoided-channels | [\"PHONE\", \"SMS\"] | [\"EMAIL\"]",
                "preferred-channels | [\"PHONE\"] | [\"EMAIL\", \"SMS\"]"
            })
    void of_what_binds_us_the_strictest_holds(String key, String strict, String lenient) {
        tell(member, key, stated(strict)).then().statusCode(200);
        tell(survivor, key, stated(lenient)).then().statusCode(200);
        String strictest = read(member, key).path("value").toString();
        merge(survivor, member).then().statusCode(200);

        read(survivor, key)
                .then()
                .body("member", equalTo(member.toString()))
                .body("why", equalTo("Several are STATED: each counts, and this is the strictest."))
                .body("others", hasSize(1));
        assertThat(read(survivor, key).path("value").toString()).isEqualTo(strictest);
    }

    @Test
    void the_quiet_hours_and_channels_of_all_forbid() {
        tell(survivor, "quiet-hours", stated("{\"from\": \"12:00\", \"to\": \"14:00\"}"));
        tell(survivor, "avoided-channels", stated("[\"SMS\"]")).then().statusCode(200);
        tell(member, "quiet-hours", stated("{\"from\": \"22:00\", \"to\": \"07:00\"}"));
        tell(member, "avoided-channels", stated("[\"PHONE\"]")).then().statusCode(200);
        merge(survivor, member).then().statusCode(200);

        permitted("EMAIL", 10, true);
        permitted("EMAIL", 13, false);
        permitted("EMAIL", 23, false);
        permitted("SMS", 10, false);
        permitted("PHONE", 10, false);

        unmerge(member).then().statusCode(200);
        permitted("PHONE", 23, true);
        permitted("EMAIL", 13, false);
    }

    @Test
    void what_is_inferred_of_a_member_does_not_bind_against_what_is_stated() {
        tell(survivor, "avoided-channels", stated("[\"SMS\"]")).then().statusCode(200);
        tell(member, "avoided-channels", told("INFERRED", "[\"PHONE\"]", SURE));
        merge(survivor, member).then().statusCode(200);

        permitted("PHONE", 10, true);
        permitted("SMS", 10, false);
    }

    @Test
    void a_rhythm_counts_the_contacts_of_all() {
        tell(survivor, "contact-rhythm", stated("{\"atMost\": 2, \"within\": \"P30D\"}"));
        contact(survivor, now.minus(Duration.ofDays(1)));
        contact(member, now.minus(Duration.ofDays(2)));
        merge(survivor, member).then().statusCode(200);

        await().atMost(LIMIT).untilAsserted(() -> permitted("EMAIL", 10, false));

        unmerge(member).then().statusCode(200);
        permitted("EMAIL", 10, true);
    }

    @Test
    void what_is_told_while_merged_is_the_survivor_s_and_hides_what_members_told() {
        tell(member, "newsletter", stated("\"weekly\"")).then().statusCode(200);
        tell(survivor, "newsletter", stated("\"daily\"")).then().statusCode(200);
        String members = preferences(member);
        merge(survivor, member).then().statusCode(200);

        tell(member, "newsletter", stated("\"never\""))
                .then()
                .statusCode(200)
                .body("value", equalTo("never"))
                .body("others", empty())
                .body("$", not(hasKey("member")));
        get(survivor).then().body("preferences", hasSize(1));

        unmerge(member).then().statusCode(200);
        assertThat(preferences(member)).isEqualTo(members);
        read(survivor, "newsletter").then().body("value", equalTo("never"));
    }

    @Test
    void what_is_taken_away_while_merged_is_there_again_after_the_unmerge() {
        tell(member, "newsletter", stated("\"weekly\"")).then().statusCode(200);
        String members = preferences(member);
        merge(survivor, member).then().statusCode(200);

        forget(survivor, "newsletter").then().statusCode(200);
        read(survivor, "newsletter").then().statusCode(404);
        String change = agent().get(path("/history")).path("items[0].id");
        agent().header("If-Match", "*")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .post(path("/history/" + change + "/restore"))
                .then()
                .statusCode(409)
                .body("code", equalTo("not-restorable"));

        unmerge(member).then().statusCode(200);
        assertThat(preferences(member)).isEqualTo(members);
        read(survivor, "newsletter").then().statusCode(404);
    }

    @Test
    void the_past_is_answered_by_who_was_one_then() {
        tell(member, "avoided-channels", stated("[\"PHONE\"]")).then().statusCode(200);
        String before = get(survivor).path("updatedAt");
        merge(survivor, member).then().statusCode(200);
        String merged = get(survivor).path("updatedAt");
        unmerge(member).then().statusCode(200);
        forget(member, "avoided-channels").then().statusCode(200);

        check(survivor, "PHONE", before).then().body("permitted", equalTo(true));
        check(survivor, "PHONE", merged).then().body("permitted", equalTo(false));
        check(member, "PHONE", merged).then().body("permitted", equalTo(false));
        check(survivor, "PHONE", now.plusSeconds(600)).then().body("permitted", equalTo(true));
        agent().queryParam("asOf", merged)
                .get("/customers/{customer}", survivor)
                .then()
                .body("members", contains(member.toString()))
                .body("preferences.member", contains(member.toString()));
        agent().queryParam("asOf", merged)
                .get("/customers/{customer}", member)
                .then()
                .body("id", equalTo(survivor.toString()));
    }

    @Test
    void more_preferences_than_one_customer_may_have() throws SQLException {
        fill(survivor, 30);
        fill(member, 21);

        merge(survivor, member)
                .then()
                .statusCode(409)
                .body("code", equalTo("merge-exceeds-limits"))
                .body("errors.pointer", contains("/preferences"));
    }

    private static void fill(UUID customer, int count) throws SQLException {
        Databases.asOwner()
                .execute(
                        """
                        INSERT INTO customer_preference (customer_id, key, learnt, kind, value, source, at, confidence)
                        SELECT ?, 'k' || n, 'STATED', 'PREFERENCE', 'true', 'crm', now(), 1
                        FROM generate_series(1, ?) AS n""",
                        customer,
                        count);
    }

    private void permitted(String channel, int hour, boolean expected) {
        check(survivor, channel, midnight.plus(Duration.ofHours(hour)))
                .then()
                .statusCode(200)
                .body("permitted", equalTo(expected));
    }

    private void contact(UUID customer, Instant at) {
        events.draft(Topic.INTERACTIONS, customer, 1, "interaction.recorded.v1")
                .time(at)
                .data(
                        """
                        {"interaction": "%s", "type": "CONTACT", "channel": "EMAIL", "direction": "OUTBOUND"}"""
                                .formatted(UUID.randomUUID()))
                .send();
    }

    private String path(String below) {
        return "/customers/" + survivor + below;
    }

    private static String preferences(UUID customer) {
        return agent().get("/customers/{customer}/preferences", customer).asString();
    }
}

package io.rapport.customer.consent;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.known;
import static io.rapport.customer.CustomersApi.merge;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.CustomersApi.unmerge;
import static io.rapport.customer.consent.ConsentsApi.check;
import static io.rapport.customer.consent.ConsentsApi.checkAt;
import static io.rapport.customer.consent.ConsentsApi.confirm;
import static io.rapport.customer.consent.ConsentsApi.give;
import static io.rapport.customer.consent.ConsentsApi.given;
import static io.rapport.customer.consent.ConsentsApi.purpose;
import static io.rapport.customer.consent.ConsentsApi.purposeWithDoubleOptIn;
import static io.rapport.customer.consent.ConsentsApi.withdraw;
import static io.rapport.customer.consent.ConsentsApi.withdrawn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of consents of merged customers the most restrictive holds, and what was withdrawn stays so. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class MergedConsentTest {

    private final String card = newExternalId();
    private UUID survivor;
    private UUID member;
    private String purpose;

    @BeforeEach
    void make() {
        survivor = registered("{}");
        member = known(card);
        purpose = purpose();
    }

    @Test
    void the_most_restrictive_holds_for_all_and_is_told_in_the_survivor_s_log() {
        give(survivor, given(purpose)).then().statusCode(201);
        withdraw(member, withdrawn(purpose)).then().statusCode(200);
        allowed(survivor, true);

        merge(survivor, member).then().statusCode(200);
        allowed(survivor, false);
        check(member, purpose)
                .then()
                .body("customer", equalTo(survivor.toString()))
                .header(
                        "Content-Location",
                        endsWith("/consents/check?purpose=" + purpose + "&channel=EMAIL"));
        agent().get("/customers/{customer}/consents", "shop:" + card)
                .then()
                .body("items.state", contains("WITHDRAWN"));
        agent().get("/customers/{customer}/consents/history", survivor)
                .then()
                .body("items", hasSize(2));

        unmerge(member).then().statusCode(200);
        allowed(survivor, true);
        allowed(member, false);
        assertThat(ConsentEventsTest.types(survivor))
                .containsExactly("GIVEN", "WITHDRAWN", "GIVEN");
        assertThat(ConsentEventsTest.types(member)).containsExactly("WITHDRAWN");
    }

    @Test
    void who_never_said_anything_restricts_nothing() {
        give(survivor, given(purpose)).then().statusCode(201);
        merge(survivor, member).then().statusCode(200);
        allowed(member, true);

        unmerge(member).then().statusCode(200);
        allowed(survivor, true);
        allowed(member, false);
        assertThat(ConsentEventsTest.types(survivor)).containsExactly("GIVEN");
    }

    @Test
    void what_is_withdrawn_while_merged_stays_withdrawn_for_each() {
        give(survivor, given(purpose)).then().statusCode(201);
        give(member, given(purpose)).then().statusCode(201);
        merge(survivor, member).then().statusCode(200);
        withdraw("shop:" + card, withdrawn(purpose)).then().statusCode(200);
        allowed(survivor, false);

        unmerge(member).then().statusCode(200);

        allowed(survivor, false);
        allowed(member, false);
        assertThat(ConsentEventsTest.types(survivor)).endsWith("WITHDRAWN");
        assertThat(ConsentEventsTest.types(member)).containsExactly("GIVEN", "WITHDRAWN");
        // Given anew, it counts for whom it is given.
        give(survivor, given(purpose)).then().statusCode(201);
        allowed(survivor, true);
        allowed(member, false);
    }

    @Test
    void a_withdrawal_by_the_survivor_stays_with_a_member_who_never_said_anything() {
        merge(survivor, member).then().statusCode(200);
        withdraw(survivor, withdrawn(purpose)).then().statusCode(200);
        unmerge(member).then().statusCode(200);

        check(member, purpose).then().body("reason", equalTo("WITHDRAWN"));
        agent().get("/customers/{customer}/consents", member)
                .then()
                .body("items.state", contains("WITHDRAWN"));
    }

    @Test
    void what_is_given_while_merged_counts_for_all_and_stays_with_whose_name_it_came_under() {
        merge(survivor, member).then().statusCode(200);
        give("shop:" + card, given(purpose))
                .then()
                .statusCode(201)
                .body("consent.state", equalTo("GIVEN"));
        allowed(survivor, true);

        unmerge(member).then().statusCode(200);

        allowed(survivor, false);
        allowed(member, true);
        assertThat(ConsentEventsTest.types(survivor)).containsExactly("GIVEN", "WITHDRAWN");
        assertThat(ConsentEventsTest.types(member)).containsExactly("GIVEN");
        agent().get("/customers/{customer}/consents", survivor).then().body("items", hasSize(0));
    }

    @Test
    void a_giving_of_before_is_confirmed_under_any_name() {
        String twice = purposeWithDoubleOptIn();
        String waiting = give(member, given(twice)).path("recorded.id");
        merge(survivor, member).then().statusCode(200);
        check(survivor, twice).then().body("reason", equalTo("PENDING"));

        confirm(survivor, waiting).then().statusCode(200);
        check(survivor, twice).then().body("permitted", equalTo(true));
        unmerge(member).then().statusCode(200);
        check(member, twice).then().body("permitted", equalTo(true));
        check(survivor, twice).then().body("permitted", equalTo(false));
    }

    @Test
    void a_check_at_a_time_before_the_merge_answers_as_it_was() {
        Response given = give(survivor, given(purpose));
        String then = given.path("recorded.recordedAt");
        withdraw(member, withdrawn(purpose)).then().statusCode(200);
        merge(survivor, member).then().statusCode(200);

        allowed(survivor, false);
        checkAt(survivor, purpose, then).then().body("permitted", equalTo(true));
        unmerge(member).then().statusCode(200);
        checkAt(survivor, purpose, then).then().body("permitted", equalTo(true));
    }

    @Test
    void more_than_a_check_reads_is_not_merged() throws SQLException {
        said(survivor, 2500);
        said(member, 2501);

        merge(survivor, member)
                .then()
                .statusCode(409)
                .body("code", equalTo("too-many-consent-records"));
    }

    private void said(UUID customer, int times) throws SQLException {
        Databases.asOwner()
                .execute(
                        """
                        INSERT INTO consent_record (customer_id, id, purpose, channel, kind, occurred_at, recorded_at,
                            needs_confirmation, source, text_version)
                        SELECT ?, gen_random_uuid(), ?, 'EMAIL', 'WITHDRAWN', time, time, false, 'crm', 'v1'
                        FROM generate_series(1, ?) n, LATERAL (SELECT timestamptz '2026-01-01Z' + n * interval '1 s') t (time)
                        """,
                        customer,
                        purpose,
                        times);
    }

    private void allowed(UUID customer, boolean expected) {
        check(customer, purpose).then().statusCode(200).body("permitted", equalTo(expected));
    }
}

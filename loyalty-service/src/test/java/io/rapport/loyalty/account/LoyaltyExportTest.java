package io.rapport.loyalty.account;

import static io.rapport.loyalty.Surroundings.awaitBalance;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.loyalty.Surroundings;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** All that is held of a customer, for whoever asks for it. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class LoyaltyExportTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final Surroundings surroundings = new Surroundings();

    @AfterEach
    void close() {
        surroundings.close();
    }

    @Test
    void it_holds_identities_accounts_and_entries() {
        UUID customer = surroundings.customer();
        surroundings.purchase(customer, 1, "25.50");
        surroundings.cancellation(customer, 2, "-10.00");
        awaitBalance(customer, 15);

        export(Tokens.agent(), "shop:" + customer)
                .then()
                .statusCode(200)
                .header("Rapport-Version", notNullValue())
                .header("Content-Location", nullValue())
                .header("Cache-Control", equalTo("no-store"))
                .body("customer", equalTo(customer.toString()))
                .body("members", contains(customer.toString()))
                .body("identities.source", contains("shop"))
                .body("identities.externalId", contains(customer.toString()))
                .body("accounts.balance", contains(15))
                .body("accounts.customer", contains(customer.toString()))
                .body("entries.points", contains(-10, 25))
                .body("next", nullValue());
    }

    @Test
    void of_merged_customers_it_holds_all_each_under_its_own_id() {
        UUID survivor = surroundings.customer();
        UUID member = surroundings.customer();
        surroundings.purchase(survivor, 1, "10.00");
        surroundings.purchase(member, 1, "7.00");
        awaitBalance(survivor, 10);
        awaitBalance(member, 7);
        surroundings.merge(member, survivor);
        awaitBalance(survivor, 17);

        export(Tokens.agent(), "shop:" + member)
                .then()
                .statusCode(200)
                .header("Content-Location", endsWith("/loyalty/customers/" + survivor + "/export"))
                .body("customer", equalTo(survivor.toString()))
                .body("members", containsInAnyOrder(survivor.toString(), member.toString()))
                .body(
                        "identities.externalId",
                        containsInAnyOrder(survivor.toString(), member.toString()))
                .body("accounts.balance", containsInAnyOrder(10, 7))
                .body(
                        "entries.customer",
                        containsInAnyOrder(survivor.toString(), member.toString()));
    }

    @Test
    void whoever_has_no_points_has_an_empty_one_and_nobody_has_none() {
        export(Tokens.agent(), surroundings.customer().toString())
                .then()
                .statusCode(200)
                .body("accounts", empty())
                .body("entries", empty());
        export(Tokens.agent(), UUID.randomUUID().toString())
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown-customer"));
    }

    @Test
    void of_an_erased_customer_there_is_none() {
        UUID customer = surroundings.customer();
        surroundings.events().sendErasure(customer, 2);

        await().atMost(SOON)
                .until(() -> export(Tokens.agent(), customer.toString()).statusCode() == 410);
        export(Tokens.agent(), customer.toString()).then().body("code", equalTo("customer-erased"));
    }

    @Test
    void staff_may_read_it_and_nobody_else() {
        String customer = surroundings.customer().toString();
        for (String token : List.of(Tokens.agent(), Tokens.manager(), Tokens.admin())) {
            export(token, customer).then().statusCode(200);
        }
        for (String token : List.of(Tokens.partner("shop"), Tokens.customer("somebody"))) {
            export(token, customer).then().statusCode(403);
        }
    }

    @Test
    void many_entries_are_read_page_by_page_each_once() {
        UUID customer = surroundings.customer();
        int entries = 253;
        for (int sequence = 1; sequence <= entries; sequence++) {
            surroundings.purchase(customer, sequence, "1.00");
        }
        awaitBalance(customer, entries);

        List<String> read = new ArrayList<>();
        String next = null;
        do {
            var request = given().auth().oauth2(Tokens.agent()).queryParam("limit", 100);
            Response page =
                    (next == null ? request : request.queryParam("after", next))
                            .get("/loyalty/customers/" + customer + "/export");
            List<String> ids = page.path("entries.id");
            assertThat(ids).hasSizeLessThanOrEqualTo(100);
            read.addAll(ids);
            next = page.path("next");
        } while (next != null);
        assertThat(read).hasSize(entries);
        assertThat(new HashSet<>(read)).hasSize(entries);
    }

    private static Response export(String token, String customer) {
        return given().auth().oauth2(token).get("/loyalty/customers/{customer}/export", customer);
    }
}

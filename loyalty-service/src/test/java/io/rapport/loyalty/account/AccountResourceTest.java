package io.rapport.loyalty.account;

import static io.rapport.loyalty.Surroundings.asAgent;
import static io.rapport.loyalty.Surroundings.awaitBalance;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.loyalty.Surroundings;
import io.rapport.platform.Ids;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class AccountResourceTest {

    private static final String AT = "Content-Location";

    private Surroundings surroundings;

    @BeforeEach
    void open() {
        surroundings = new Surroundings();
    }

    @AfterEach
    void close() {
        surroundings.close();
    }

    @Test
    void a_known_customer_without_entries_has_nothing_yet() {
        UUID customer = surroundings.customer();
        asAgent("/loyalty/accounts/" + customer)
                .body("customer", equalTo(customer.toString()))
                .body("programme", equalTo("default"))
                .body("balance", equalTo(0))
                .body("earned", equalTo(0))
                .body("reversed", equalTo(0))
                .body("tier", equalTo("BASE"))
                .body("pointsToNextTier", equalTo(500));
        asAgent("/loyalty/accounts/" + customer + "/entries")
                .body("items", empty())
                .body("next", nullValue());
    }

    @Test
    void a_customer_is_found_by_an_identity_too() {
        UUID customer = surroundings.customer();
        surroundings.purchase(customer, 1, "12.00");
        awaitBalance(customer, 12);
        asAgent("/loyalty/accounts/shop:" + customer)
                .body("customer", equalTo(customer.toString()));
        asAgent("/loyalty/accounts/shop:" + customer + "/entries")
                .body("items[0].points", equalTo(12));
    }

    @Test
    void customers_who_were_merged_stand_together_until_they_are_unmerged() {
        UUID survivor = surroundings.customer();
        UUID member = surroundings.customer();
        surroundings.purchase(survivor, 1, "300.00");
        surroundings.purchase(member, 1, "250.00");
        awaitBalance(survivor, 300);
        awaitBalance(member, 250);

        surroundings.merge(member, survivor);
        awaitBalance(survivor, 550).body("tier", equalTo("SILVER")).header(AT, nullValue());
        // What comes under a member's id counts at once, and stays with it.
        surroundings.purchase(member, 2, "10.00");
        awaitBalance(survivor, 560);
        asAgent("/loyalty/accounts/shop:" + member)
                .body("customer", equalTo(survivor.toString()))
                .body("balance", equalTo(560))
                .header(AT, endsWith("/loyalty/accounts/" + survivor));
        asAgent("/loyalty/accounts/" + member + "/entries")
                .body("items.points", contains(10, 250, 300))
                .header(AT, endsWith("/loyalty/accounts/" + survivor + "/entries"));

        surroundings.unmerge(member);
        awaitBalance(survivor, 300).body("tier", equalTo("BASE"));
        awaitBalance(member, 260).body("customer", equalTo(member.toString()));
        asAgent("/loyalty/accounts/" + member + "/entries")
                .body("items.points", contains(10, 250))
                .header(AT, nullValue());
    }

    @Test
    void entries_of_merged_customers_are_paged_each_once() {
        UUID survivor = surroundings.customer();
        UUID member = surroundings.customer();
        for (int sequence = 1; sequence <= 4; sequence++) {
            surroundings.purchase(survivor, sequence, "1.00");
            surroundings.purchase(member, sequence, "2.00");
        }
        surroundings.merge(member, survivor);
        awaitBalance(survivor, 12);

        List<String> ids = new ArrayList<>();
        String next = "";
        while (next != null) {
            String after = next.isEmpty() ? "" : "&after=" + next;
            // Either name is one of the same list.
            UUID name = ids.isEmpty() ? survivor : member;
            JsonPath page =
                    asAgent("/loyalty/accounts/" + name + "/entries?limit=3" + after)
                            .extract()
                            .jsonPath();
            ids.addAll(page.getList("items.id", String.class));
            next = page.getString("next");
        }
        assertThat(ids).hasSize(8).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/entries"})
    void an_unknown_customer_is_told_so(String list) {
        agentGets("/loyalty/accounts/" + Ids.next() + list, 404)
                .body("code", equalTo("unknown-customer"));
        agentGets("/loyalty/accounts/shop:nobody" + list, 404)
                .body("code", equalTo("unknown-customer"));
    }

    @ParameterizedTest
    @CsvSource({
        "17850, 400",
        "shop:ada@example.org, 400",
        "shop:+441632960961, 400",
        "SHOP:1, 400",
        "shop:, 400"
    })
    void a_reference_that_is_none_is_refused(String customer, int status) {
        given().auth()
                .oauth2(Tokens.agent())
                .get("/loyalty/accounts/{customer}", customer)
                .then()
                .statusCode(status)
                .contentType("application/problem+json");
    }

    @Test
    void entries_are_listed_newest_first_each_once_though_others_arrive_meanwhile() {
        UUID customer = surroundings.customer();
        LongStream.rangeClosed(1, 25)
                .forEach(sequence -> surroundings.purchase(customer, sequence, sequence + ".00"));
        awaitBalance(customer, 325);

        List<Integer> points = new ArrayList<>();
        String next = "";
        int pages = 0;
        while (next != null) {
            String after = next.isEmpty() ? "" : "&after=" + next;
            JsonPath page =
                    asAgent("/loyalty/accounts/" + customer + "/entries?limit=10" + after)
                            .extract()
                            .jsonPath();
            points.addAll(page.getList("items.points", Integer.class));
            next = page.getString("next");
            pages++;
            // Newer than all, and so before the pages that follow.
            surroundings.purchase(customer, 25 + pages, "100.00");
            awaitBalance(customer, 325 + 100 * pages);
        }
        assertThat(pages).isEqualTo(3);
        assertThat(points)
                .isEqualTo(IntStream.rangeClosed(1, 25).map(i -> 26 - i).boxed().toList());
    }

    @Test
    void a_cursor_belongs_to_the_list_that_gave_it() {
        UUID one = surroundings.customer();
        UUID other = surroundings.customer();
        surroundings.purchase(one, 1, "1.00");
        surroundings.purchase(one, 2, "2.00");
        awaitBalance(one, 3);
        String next =
                asAgent("/loyalty/accounts/" + one + "/entries?limit=1").extract().path("next");

        agentGets("/loyalty/accounts/" + other + "/entries?after=" + next, 400)
                .body("code", equalTo("invalid-cursor"));
        agentGets("/loyalty/accounts/" + one + "/entries?after=bm90IG91cnM", 400)
                .body("code", equalTo("invalid-cursor"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "101", "10000", "many", "1.5"})
    void a_limit_outside_its_bounds_is_refused(String limit) {
        UUID customer = surroundings.customer();
        agentGets("/loyalty/accounts/" + customer + "/entries?limit=" + limit, 400)
                .body("code", equalTo("invalid-limit"));
    }

    @Test
    void an_answer_tells_what_it_has_seen_and_can_be_asked_for_it_again() {
        UUID customer = surroundings.customer();
        surroundings.purchase(customer, 1, "7.00");
        String version =
                awaitBalance(customer, 7)
                        .header("Rapport-Version", notNullValue())
                        .extract()
                        .header("Rapport-Version");
        given().auth()
                .oauth2(Tokens.agent())
                .header("Rapport-At-Least", version)
                .get("/loyalty/accounts/" + customer)
                .then()
                .statusCode(200)
                .body("balance", equalTo(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/entries"})
    void agents_managers_and_admins_read_and_nobody_else(String list) {
        String path = "/loyalty/accounts/" + surroundings.customer() + list;
        given().get(path).then().statusCode(401).contentType("application/problem+json");
        given().auth().oauth2(Tokens.builder().sign()).get(path).then().statusCode(403);
        given().auth().oauth2(Tokens.partner("shop")).get(path).then().statusCode(403);
        given().auth().oauth2(Tokens.customer("ada")).get(path).then().statusCode(403);
        given().auth().oauth2(Tokens.manager()).get(path).then().statusCode(200);
        given().auth().oauth2(Tokens.admin()).get(path).then().statusCode(200);
    }

    private static ValidatableResponse agentGets(String path, int status) {
        return given().auth().oauth2(Tokens.agent()).get(path).then().statusCode(status);
    }
}

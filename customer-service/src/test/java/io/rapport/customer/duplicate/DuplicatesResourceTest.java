package io.rapport.customer.duplicate;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.as;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.CustomersApi.patch;
import static io.rapport.customer.CustomersApi.put;
import static io.rapport.customer.CustomersApi.register;
import static io.rapport.customer.CustomersApi.registerUnlessLikelyThere;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.search.SearchApi.newName;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class DuplicatesResourceTest {

    private static String withMail(String name, String mail) {
        return """
        {"displayName": "%s", "contactPoints": [{"kind": "EMAIL", "value": "%s"}]}\
        """
                .formatted(name, mail);
    }

    private static String newMail() {
        return newName(12) + "@example.org";
    }

    private static String newKey() {
        return UUID.randomUUID().toString();
    }

    private static Response duplicates(Object customer) {
        return agent().get("/customers/{customer}/duplicates", customer);
    }

    private static RequestSpecification manager() {
        return as(Tokens.manager());
    }

    private static Response notTheSame(Object one, Object other) {
        return manager().put("/customers/{a}/duplicates/{b}/not-the-same", one, other);
    }

    @Test
    void a_customer_who_is_likely_there_is_not_made_until_that_is_accepted() throws Exception {
        String mail = newMail();
        UUID there = registered(withMail("Ada Lovelace", mail));
        String again = withMail("Ada Lovelace", mail.toUpperCase(Locale.ROOT));
        String key = newKey();

        Response refused = registerUnlessLikelyThere(agent(), key, again);

        refused.then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("code", equalTo("possible-duplicates"))
                .body("candidates.customer", contains(there.toString()))
                .body("candidates[0].rule", equalTo("SAME_EMAIL"))
                .body("candidates[0].score", equalTo(1f))
                .body("candidates[0].matched", contains("email", "name"));
        assertThat(refused.asString()).doesNotContainIgnoringCase(mail, "lovelace");
        assertThat(
                        Databases.asOwner()
                                .number("SELECT count(*) FROM contact_point WHERE value = ?", mail))
                .isEqualTo(1);

        Response accepted = register(agent(), key, again);

        accepted.then().statusCode(201);
        duplicates(there)
                .then()
                .body("items.customer", contains(accepted.<String>path("id")))
                .body("items[0].rule", equalTo("SAME_EMAIL"));
        duplicates(accepted.path("id")).then().body("items.customer", contains(there.toString()));
    }

    @Test
    void a_household_is_made_without_asking_and_kept_for_review() {
        String phone = "+4420794" + (10000 + ThreadLocalRandom.current().nextInt(80_000));
        UUID ada = registered(withPhone("Ada Lovelace", phone));

        Response william =
                registerUnlessLikelyThere(agent(), newKey(), withPhone("William Lovelace", phone));
        Response stranger =
                registerUnlessLikelyThere(agent(), newKey(), withPhone("Grace Hopper", phone));

        william.then().statusCode(201);
        stranger.then().statusCode(201);
        duplicates(ada)
                .then()
                .body("items.customer", contains(william.<String>path("id")))
                .body("items[0].rule", equalTo("SAME_PHONE"))
                .body("items[0].matched", contains("phone"));
        registerUnlessLikelyThere(agent(), newKey(), withPhone("Lovelace, Ada", phone))
                .then()
                .statusCode(409);
    }

    private static String withPhone(String name, String phone) {
        return """
        {"displayName": "%s", "contactPoints": [{"kind": "PHONE", "value": "%s"}]}\
        """
                .formatted(name, phone);
    }

    @Test
    void the_same_birthday_with_a_similar_name_and_address_is_likely_the_same() {
        String family = newName(9);
        UUID there = registered(born("Zo\u00eb", family, "12 St James\u2019s Square"));

        registerUnlessLikelyThere(
                        agent(), newKey(), born("Zoe", family + "s", "12, Saint James's Square"))
                .then()
                .statusCode(409)
                .body("candidates.customer", contains(there.toString()))
                .body("candidates[0].rule", equalTo("SIMILAR_PERSON"))
                .body("candidates[0].matched", contains("name", "birthday", "address"));
        registerUnlessLikelyThere(
                        agent(), newKey(), born("Zoe", newName(9), "12 St James's Square"))
                .then()
                .statusCode(201);
    }

    private static String born(String given, String family, String line) {
        return """
        {"givenName": "%s", "familyName": "%s", "birthday": "1961-04-12", "contactPoints": [
          {"kind": "ADDRESS", "address": {"lines": ["%s"], "city": "London", "country": "GB"}}]}\
        """
                .formatted(given, family, line);
    }

    @Test
    void a_partner_learns_of_nobody_and_the_pair_is_kept_for_review() throws Exception {
        String mail = newMail();
        UUID there = registered(withMail("Ada Lovelace", mail));

        Response upserted =
                put(
                        as(Tokens.partner("card")),
                        "card",
                        newExternalId(),
                        withMail("Ada Lovelace", mail));

        upserted.then().statusCode(201).body("$", not(containsString(there.toString())));
        String made = upserted.path("id");
        assertThat(upserted.asString() + upserted.headers()).doesNotContain(there.toString());
        duplicates(there).then().body("items.customer", contains(made));
        as(Tokens.partner("card")).get("/customers/{id}/duplicates", made).then().statusCode(403);
    }

    @Test
    void a_change_finds_duplicates_and_forgets_those_that_are_none_any_more() {
        String mail = newMail();
        UUID there = registered(withMail("Ada", mail));
        UUID other = registered("{\"displayName\": \"Ada\"}");
        duplicates(other).then().body("items", empty());

        patch(other, "*", withMail("Ada", mail)).then().statusCode(200);
        duplicates(there).then().body("items.customer", contains(other.toString()));
        patch(other, "*", "{\"displayName\": \"Grace Hopper\"}").then().statusCode(200);
        duplicates(there).then().body("items[0].matched", contains("email"));
        patch(other, "*", "{\"contactPoints\": null}").then().statusCode(200);
        duplicates(there).then().body("items", empty());
    }

    @Test
    void those_who_are_not_the_same_are_not_reviewed_until_that_is_taken_back() throws Exception {
        String mail = newMail();
        UUID one = registered(withMail("Ada", mail));
        UUID other = registered(withMail("Ada", mail));
        assertThat(reviewed()).contains(List.of(one.toString(), other.toString()));

        notTheSame(other, one)
                .then()
                .statusCode(200)
                .body("customer", equalTo(one.toString()))
                .body("rule", equalTo("SAME_EMAIL"));
        String since = notTheSame(one, other).path("notTheSameSince");
        assertThat(notTheSame(one, other).<String>path("notTheSameSince")).isEqualTo(since);

        assertThat(reviewed()).doesNotContain(List.of(one.toString(), other.toString()));
        duplicates(one).then().body("items", empty());
        agent().queryParam("notTheSame", true)
                .get("/customers/{customer}/duplicates", one)
                .then()
                .body("items.customer", contains(other.toString()));
        // What is found anew does not overrule it.
        patch(one, "*", "{\"displayName\": \"Ada L\"}").then().statusCode(200);
        duplicates(other).then().body("items", empty());

        for (int i = 0; i < 2; i++) {
            manager()
                    .delete("/customers/{a}/duplicates/{b}/not-the-same", one, other)
                    .then()
                    .statusCode(200)
                    .body("customer", equalTo(other.toString()))
                    .body("rule", equalTo("SAME_EMAIL"))
                    .body("$", not(hasKey("notTheSameSince")));
        }
        assertThat(reviewed()).contains(List.of(one.toString(), other.toString()));
    }

    @Test
    void that_two_are_not_the_same_is_remembered_before_they_are_alike() {
        UUID one = registered("{}");
        UUID other = registered("{}");
        String mail = newMail();

        notTheSame(one, other).then().statusCode(200);
        patch(one, "*", withMail("Ada", mail)).then().statusCode(200);
        patch(other, "*", withMail("Ada", mail)).then().statusCode(200);

        duplicates(one).then().body("items", empty());
    }

    @Test
    void the_review_list_is_sorted_by_score_and_holds_each_pair_once() {
        String mail = newMail();
        for (int i = 0; i < 4; i++) {
            registered(withMail("Ada", mail));
        }

        List<List<String>> reviewed = reviewed(5);

        assertThat(reviewed).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(6);
        List<Float> scores = manager().get("/customers/duplicates").path("items.score");
        assertThat(scores).isSortedAccordingTo((a, b) -> Float.compare(b, a));
    }

    private static List<List<String>> reviewed() {
        return reviewed(100);
    }

    private static List<List<String>> reviewed(int limit) {
        List<List<String>> all = new ArrayList<>();
        @Nullable String after = null;
        do {
            RequestSpecification page = manager().queryParam("limit", limit);
            if (after != null) {
                page.queryParam("after", after);
            }
            Response answer = page.get("/customers/duplicates");
            answer.then().statusCode(200);
            all.addAll(answer.path("items.customers"));
            after = answer.path("next");
        } while (after != null);
        return all;
    }

    @Test
    void what_more_than_fifty_have_in_common_tells_nobody_apart() {
        String mail = newMail();
        for (int i = 0; i < 51; i++) {
            registered(withMail("Ada", mail));
        }

        Response made = registerUnlessLikelyThere(agent(), newKey(), withMail("Ada", mail));

        made.then().statusCode(201);
        duplicates(made.path("id")).then().body("items", empty());
    }

    @Test
    void duplicates_of_a_customer_come_in_pages() {
        String mail = newMail();
        UUID one = registered(withMail("Ada", mail));
        List<String> others = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            others.addFirst(registered(withMail("Ada", mail)).toString());
        }

        Response first = agent().queryParam("limit", 2).get("/customers/{c}/duplicates", one);
        Response second =
                agent().queryParam("after", first.<String>path("next"))
                        .get("/customers/{c}/duplicates", one);

        List<String> listed = new ArrayList<>(first.<List<String>>path("items.customer"));
        listed.addAll(second.path("items.customer"));
        assertThat(listed).isEqualTo(others);
        agent().queryParam("after", first.<String>path("next"))
                .get("/customers/{c}/duplicates", others.getFirst())
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-cursor"));
    }

    @Test
    void who_was_erased_is_nobodys_duplicate() throws Exception {
        String mail = newMail();
        UUID gone = registered(withMail("Ada", mail));
        UUID there = registered(withMail("Ada", mail));
        Databases.asOwner().execute("UPDATE customer SET status = 'ERASED' WHERE id = ?", gone);

        duplicates(there).then().body("items", empty());
        duplicates(gone).then().statusCode(410);
        notTheSame(there, gone).then().statusCode(410);
        assertThat(reviewed()).doesNotContain(List.of(gone.toString(), there.toString()));
        patch(there, "*", "{\"displayName\": \"Ada L\"}").then().statusCode(200);
    }

    @Test
    void what_cannot_be_said_of_two_customers_is_refused() {
        UUID one = registered("{}");

        notTheSame(one, one).then().statusCode(409).body("code", equalTo("customer-itself"));
        notTheSame(one, UUID.randomUUID()).then().statusCode(404);
        notTheSame("garbage", one).then().statusCode(400);
        registerUnlessLikelyThere(agent().queryParam("duplicates", "ignore"), newKey(), "{}")
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-duplicates"));
        agent().queryParam("notTheSame", "perhaps")
                .get("/customers/{c}/duplicates", one)
                .then()
                .statusCode(400);
    }

    @ParameterizedTest
    @CsvSource({
        "agent,    200, 403, 403, 403",
        "manager,  200, 200, 200, 200",
        "admin,    200, 200, 403, 403",
        "partner,  403, 403, 403, 403",
        "customer, 403, 403, 403, 403",
    })
    void managers_review_and_staff_read(String role, int read, int review, int deny, int undeny) {
        String token = Tokens.builder().roles(role).subject("x").sources("shop").sign();
        UUID one = registered("{}");
        UUID other = registered("{}");

        assertThat(
                        List.of(
                                as(token).get("/customers/{c}/duplicates", one).statusCode(),
                                as(token).get("/customers/duplicates").statusCode(),
                                as(token)
                                        .put(
                                                "/customers/{a}/duplicates/{b}/not-the-same",
                                                one,
                                                other)
                                        .statusCode(),
                                as(token)
                                        .delete(
                                                "/customers/{a}/duplicates/{b}/not-the-same",
                                                one,
                                                other)
                                        .statusCode()))
                .containsExactly(read, review, deny, undeny);
    }
}

package io.rapport.customer.merge;

import static io.rapport.customer.CustomersApi.addIdentity;
import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.get;
import static io.rapport.customer.CustomersApi.known;
import static io.rapport.customer.CustomersApi.merge;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.CustomersApi.patch;
import static io.rapport.customer.CustomersApi.put;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.CustomersApi.relate;
import static io.rapport.customer.CustomersApi.removeIdentity;
import static io.rapport.customer.CustomersApi.unmerge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.customer.CustomersApi;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Customers who are merged answer as one, and come back as they were. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class MergeResourceTest {

    private static final String AT = "Content-Location";

    private final String card = newExternalId();
    private UUID survivor;
    private UUID member;

    @BeforeEach
    void make() {
        survivor =
                registered(
                        """
                    {"givenName": "Ada", "tags": ["a"],
                     "contactPoints": [{"kind": "EMAIL", "value": "ada@example.org", "preferred": true}]}""");
        member =
                UUID.fromString(
                        put(
                                        "shop",
                                        card,
                                        """
                                    {"givenName": "Augusta", "country": "GB", "tags": ["b"],
                                     "contactPoints": [{"kind": "EMAIL", "value": "king@example.org", "preferred": true},
                                       {"kind": "PHONE", "value": "+44 20 7946 0958"}]}""")
                                .path("id"));
    }

    @Test
    void the_survivor_shows_the_values_of_all_and_the_answer_says_whose_each_is() {
        String before = get(survivor).header("ETag");

        Response merged = merge(survivor, member);

        merged.then()
                .statusCode(200)
                .header("ETag", not(before))
                .header("Rapport-Version", notNullValue())
                .body("customer.id", equalTo(survivor.toString()))
                .body("customer.members", contains(member.toString()))
                .body("customer.givenName", equalTo("Ada"))
                .body("customer.country", equalTo("GB"))
                .body("customer.tags", contains("a", "b"))
                .body("customer.identities.externalId", contains(card))
                .body("customer.contactPoints", hasSize(3))
                .body("customer.contactPoints.findAll { it.preferred }", hasSize(1))
                .body(from("/givenName"), contains(survivor.toString()))
                .body(from("/country"), contains(member.toString()))
                .body(from("/tags"), containsInAnyOrder(survivor + "", member + ""));
        get(survivor)
                .then()
                .header("ETag", merged.header("ETag"))
                .header(AT, nullValue())
                .body("members", contains(member.toString()))
                .body("country", equalTo("GB"));
    }

    @Test
    void a_rule_for_an_attribute_says_whose_value_is_shown() {
        merge(
                        agent(),
                        survivor,
                        """
                        {"members": [{"customer": "shop:%s", "rules":
                          {"/givenName": "MEMBER", "/tags": "SURVIVOR", "/contactPoints": "SURVIVOR"}}]}"""
                                .formatted(card))
                .then()
                .statusCode(200)
                .body("customer.givenName", equalTo("Augusta"))
                .body("customer.tags", contains("a"))
                .body("customer.contactPoints", hasSize(1));
        get(survivor).then().body("givenName", equalTo("Augusta")).body("tags", contains("a"));
    }

    @Test
    void a_dry_run_tells_the_same_and_changes_nothing() {
        String before = get(survivor).asString();
        String etag = get(survivor).header("ETag");
        Response preview =
                agent().header("If-Match", etag)
                        .queryParam("dryRun", true)
                        .contentType(ContentType.JSON)
                        .body("{\"members\": [{\"customer\": \"%s\"}]}".formatted(member))
                        .post("/customers/{customer}/merge", survivor);

        preview.then()
                .statusCode(200)
                .header("ETag", etag)
                .body("customer.country", equalTo("GB"))
                .body("customer.members", contains(member.toString()));
        assertThat(get(survivor).asString()).isEqualTo(before);
        get(member).then().header(AT, nullValue()).body("id", equalTo(member.toString()));

        Response merged = merge(survivor, member);
        assertThat(merged.<List<Object>>path("values"))
                .isEqualTo(preview.<List<Object>>path("values"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/history",
                "/contact-points",
                "/relations",
                "/relations/incoming",
                "/identities",
                "/logins",
                "/consents",
                "/consents/history",
                "/preferences",
                "/contact-permission?channel=EMAIL",
                "/duplicates",
                "/segments"
            })
    void whoever_names_the_member_reads_the_survivor_and_is_told_where(String below) {
        merge(survivor, member).then().statusCode(200);

        for (String name : List.of(member.toString(), "shop:" + card)) {
            agent().get("/customers/" + name + below)
                    .then()
                    .statusCode(200)
                    .header(AT, endsWith("/customers/" + survivor + below));
        }
        agent().get("/customers/" + survivor + below)
                .then()
                .statusCode(200)
                .header(AT, nullValue());
    }

    @Test
    void names_of_a_member_resolve_to_the_survivor() {
        UUID third = known(newExternalId());
        merge(survivor, member, third).then().statusCode(200);
        agent().contentType(ContentType.JSON)
                .body("{\"references\": [\"shop:%s\", \"%s\"]}".formatted(card, third))
                .post("/customers/resolve")
                .then()
                .statusCode(200)
                .body("id", equalTo(survivor.toString()));
        CustomersApi.getBy(agent(), "shop", card)
                .then()
                .header(AT, endsWith("/customers/" + survivor))
                .body("id", equalTo(survivor.toString()));
    }

    @Test
    void an_unmerge_brings_both_back_as_they_were() {
        String own = contents(survivor);
        String members = contents(member);
        Instant before = Instant.now();
        merge(survivor, member).then().statusCode(200);
        String together = contents(survivor);

        String etag = get(member).header("ETag");
        Response unmerged =
                agent().header("If-Match", etag)
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .header("Rapport-Reason", "Two of one name")
                        .post("/customers/{customer}/unmerge", member);

        unmerged.then()
                .statusCode(200)
                .body("customer.id", equalTo(member.toString()))
                .body("survivor.id", equalTo(survivor.toString()));
        assertThat(contents(survivor)).isEqualTo(own);
        assertThat(contents(member)).isEqualTo(members);
        get(member).then().header(AT, nullValue()).header("ETag", unmerged.header("ETag"));
        get("shop:" + card).then().body("id", equalTo(member.toString()));
        // The history knows of it, and reads the past as it was.
        agent().get("/customers/{customer}/history?path=/survivor", member)
                .then()
                .body("items.findAll { it.path == '/survivor' }", hasSize(2))
                .body("items[0].reason", equalTo("Two of one name"))
                .body("items[0].oldValue", equalTo(survivor.toString()));
        assertThat(contentsAt(survivor, before)).isEqualTo(own);
        assertThat(together).contains("king@example.org");
    }

    @Test
    void a_dry_run_of_an_unmerge_tells_the_same_and_changes_nothing() {
        String stale = get(survivor).header("ETag");
        merge(survivor, member).then().statusCode(200);
        String before = get(survivor).asString();
        String etag = get(survivor).header("ETag");

        dryRunOfUnmerge(stale).then().statusCode(412);
        Response preview = dryRunOfUnmerge(etag);

        preview.then()
                .statusCode(200)
                .body("customer.id", equalTo(member.toString()))
                .body("customer.givenName", equalTo("Augusta"))
                .body("survivor.id", equalTo(survivor.toString()))
                .body("survivor.tags", contains("a"));
        assertThat(get(survivor).asString()).isEqualTo(before);
        get(member)
                .then()
                .header(AT, endsWith("/customers/" + survivor))
                .header("ETag", equalTo(etag));

        Response unmerged = unmerge(member);
        unmerged.then().statusCode(200);
        assertThat(withoutTimes(unmerged.asString())).isEqualTo(withoutTimes(preview.asString()));
        dryRunOfUnmerge(get(survivor).header("ETag"))
                .then()
                .statusCode(409)
                .body("code", equalTo("not-merged"));
    }

    private Response dryRunOfUnmerge(String ifMatch) {
        return agent().header("If-Match", ifMatch)
                .queryParam("dryRun", true)
                .post("/customers/{customer}/unmerge", member);
    }

    @Test
    void the_past_of_a_survivor_shows_what_it_showed_then() {
        merge(survivor, member).then().statusCode(200);
        String together = contents(survivor);
        String updatedAt = get(survivor).path("updatedAt");
        patch(survivor, "*", "{\"country\": \"FR\"}").then().statusCode(200);
        unmerge(member).then().statusCode(200);

        assertThat(contentsAt(survivor, Instant.parse(updatedAt))).isEqualTo(together);
    }

    @Test
    void edits_under_any_name_are_the_survivor_s_and_the_member_stays_as_it_is() {
        String members = contents(member);
        merge(survivor, member).then().statusCode(200);

        patch("shop:" + card, get(member).header("ETag"), "{\"country\": \"FR\"}")
                .then()
                .statusCode(200)
                .body("id", equalTo(survivor.toString()))
                .body("country", equalTo("FR"));
        put("shop", card, "{\"familyName\": \"King\"}")
                .then()
                .statusCode(200)
                .body("id", equalTo(survivor.toString()))
                .body("familyName", equalTo("King"))
                .body("$", not(hasKey("country")));
        get(survivor).then().body("familyName", equalTo("King")).body("$", not(hasKey("country")));

        unmerge(member).then().statusCode(200);
        assertThat(contents(member)).isEqualTo(members);
        get(survivor).then().body("familyName", equalTo("King"));
    }

    @Test
    void contact_points_of_a_member_are_edited_and_taken_away_at_the_survivor_only() {
        merge(survivor, member).then().statusCode(200);
        Response points = agent().get("/customers/{customer}/contact-points", survivor);
        String phone = points.path("items.find { it.kind == 'PHONE' }.id");
        String king = points.path("items.find { it.value == 'king@example.org' }.id");
        agent().header("If-Match", "*")
                .contentType("application/merge-patch+json")
                .body("{\"label\": \"work\"}")
                .patch("/customers/{customer}/contact-points/{id}", survivor, phone)
                .then()
                .statusCode(200);
        agent().header("If-Match", "*")
                .delete("/customers/{customer}/contact-points/{id}", member, king)
                .then()
                .statusCode(200)
                .body("contactPoints", hasSize(2));
        agent().get("/customers/{customer}/contact-points/{id}", survivor, phone)
                .then()
                .body("label", equalTo("work"));

        unmerge(member).then().statusCode(200);
        agent().get("/customers/{customer}/contact-points", member)
                .then()
                .body("items", hasSize(2))
                .body("items.value", hasItem("king@example.org"))
                .body("items.findAll { it.label != null }", empty());
    }

    @Test
    void identities_stay_with_their_member() {
        String later = newExternalId();
        merge(survivor, member).then().statusCode(200);

        addIdentity(agent(), member, "card", later)
                .then()
                .statusCode(200)
                .body("identities", hasSize(2));
        removeIdentity(agent(), survivor, "shop", card)
                .then()
                .statusCode(409)
                .body("code", equalTo("identity-of-member"));
        CustomersApi.move(card, registered("{}"))
                .then()
                .statusCode(409)
                .body("code", equalTo("identity-of-member"));

        unmerge(member).then().statusCode(200);
        get(member).then().body("identities.externalId", contains(card));
        get(survivor).then().body("identities.externalId", contains(later));
    }

    @Test
    void relations_of_all_are_shown_but_those_among_them() {
        UUID firm = registered("{\"kind\": \"ORGANISATION\"}");
        UUID guest = registered("{}");
        relate(member, "works-for", firm, "*").then().statusCode(200);
        relate(member, "household", survivor, "*").then().statusCode(200);
        relate(guest, "household", member, "*").then().statusCode(200);

        merge(survivor, member).then().statusCode(200);

        agent().get("/customers/{customer}/relations", survivor)
                .then()
                .body("items.customer", contains(firm.toString()));
        agent().get("/customers/{customer}/relations/incoming", survivor)
                .then()
                .body("items.customer", hasItem(guest.toString()));
        relate(survivor, "referred-by", member, "*")
                .then()
                .statusCode(409)
                .body("code", equalTo("relation-to-oneself"));
        agent().header("If-Match", "*")
                .delete("/customers/{customer}/relations/household/{related}", guest, member)
                .then()
                .statusCode(200);

        unmerge(member).then().statusCode(200);
        agent().get("/customers/{customer}/relations", member)
                .then()
                .body("items.customer", containsInAnyOrder(firm + "", survivor + ""));
    }

    @Test
    void a_merged_customer_stands_in_lists_with_its_survivor() {
        merge(survivor, member).then().statusCode(200);
        Response list = agent().queryParam("limit", 100).get("/customers");
        String next = list.path("next");
        while (next != null && list.path("items.find { it.id == '" + member + "' }") == null) {
            list = agent().queryParam("limit", 100).queryParam("after", next).get("/customers");
            next = list.path("next");
        }
        list.then()
                .body(of(member) + ".status", equalTo("MERGED"))
                .body(of(member) + ".survivor", equalTo(survivor.toString()));
    }

    @Test
    void a_repeated_request_is_answered_once_more_and_merges_nothing_again() {
        String key = UUID.randomUUID().toString();
        Response first = mergeUnder(key);
        Response again = mergeUnder(key);

        again.then()
                .statusCode(200)
                .header("Idempotency-Replayed", "true")
                .header("ETag", first.header("ETag"));
        assertThat(again.asString()).isEqualTo(first.asString());
        unmerge(member).then().statusCode(200);
        unmerge(member).then().statusCode(409).body("code", equalTo("not-merged"));
    }

    private Response mergeUnder(String key) {
        return agent().header("Idempotency-Key", key)
                .header("If-Match", "*")
                .contentType(ContentType.JSON)
                .body("{\"members\": [{\"customer\": \"%s\"}]}".formatted(member))
                .post("/customers/{customer}/merge", survivor);
    }

    private static String of(UUID customer) {
        return "items.find { it.id == '" + customer + "' }";
    }

    private static String from(String path) {
        return "values.find { it.path == '" + path + "' }.from";
    }

    /** All of a customer but the times of its versions. */
    private static String contents(Object customer) {
        return withoutTimes(get(customer).asString());
    }

    private static String contentsAt(UUID customer, Instant at) {
        return withoutTimes(
                agent().queryParam("asOf", at.toString())
                        .get("/customers/{customer}", customer)
                        .asString());
    }

    private static String withoutTimes(String json) {
        return json.replaceAll(",\"updatedAt\":\"[^\"]*\"", "");
    }
}

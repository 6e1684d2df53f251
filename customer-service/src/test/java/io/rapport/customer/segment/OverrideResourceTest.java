package io.rapport.customer.segment;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.as;
import static io.rapport.customer.CustomersApi.merge;
import static io.rapport.customer.CustomersApi.patch;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.segment.SegmentsApi.both;
import static io.rapport.customer.segment.SegmentsApi.compare;
import static io.rapport.customer.segment.SegmentsApi.made;
import static io.rapport.customer.segment.SegmentsApi.memberIds;
import static io.rapport.customer.segment.SegmentsApi.members;
import static io.rapport.customer.segment.SegmentsApi.newKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody says of a customer and a segment, whatever the conditions say. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class OverrideResourceTest {

    @Inject Clock clock;

    private String segment;
    private UUID inside;
    private UUID outside;

    @BeforeEach
    void make() {
        String tag = newKey();
        inside = registered("{\"tags\": [\"%s\"], \"country\": \"GB\"}".formatted(tag));
        outside = registered("{\"tags\": [\"%s\"], \"country\": \"FR\"}".formatted(tag));
        segment = made(both(SegmentsApi.tagged(tag), compare("country", "ANY_OF", "[\"GB\"]")));
    }

    /** Where nothing was said. */
    private Response say(UUID customer, String terms) {
        return say(customer, "If-None-Match", "*", terms);
    }

    private Response say(UUID customer, String header, String value, String terms) {
        return agent().header(header, value)
                .contentType(ContentType.JSON)
                .body(terms)
                .put("/segments/{segment}/overrides/{customer}", segment, customer);
    }

    private Response takeBack(UUID customer, String ifMatch) {
        return agent().header("If-Match", ifMatch)
                .delete("/segments/{segment}/overrides/{customer}", segment, customer);
    }

    private Response get(UUID customer) {
        return agent().get("/segments/{segment}/overrides/{customer}", segment, customer);
    }

    private Response past(UUID customer) {
        return agent().get("/segments/{segment}/overrides/{customer}/past", segment, customer);
    }

    @Test
    void it_decides_until_it_is_taken_back_and_shows_who_said_it() {
        say(outside, "{\"decision\": \"IN\", \"reason\": \"a friend\"}")
                .then()
                .statusCode(201)
                .body("decision", equalTo("IN"))
                .body("author", notNullValue());
        say(inside, "{\"decision\": \"OUT\", \"reason\": \"asked to\"}").then().statusCode(201);
        assertThat(memberIds(segment)).containsExactly(outside.toString());
        members(segment)
                .then()
                .body("items[0].reason", equalTo("OVERRIDE"))
                .body("items[0].fields", contains("override"));
        patch(inside, "*", "{\"country\": \"IE\"}").then().statusCode(200);
        patch(inside, "*", "{\"country\": \"GB\"}").then().statusCode(200);
        assertThat(memberIds(segment)).containsExactly(outside.toString());
        agent().get("/segments/{segment}/overrides", segment)
                .then()
                .statusCode(200)
                .body("items", hasSize(2))
                .body("items[0].reason", equalTo("asked to"));

        takeBack(outside, "*").then().statusCode(200);
        takeBack(outside, "*").then().statusCode(404).body("code", equalTo("no-override"));
        takeBack(inside, "*").then().statusCode(200);
        assertThat(memberIds(segment)).containsExactly(inside.toString());
    }

    @Test
    void it_ends_at_its_instant() {
        Instant end = clock.instant().plusSeconds(4);
        say(
                        outside,
                        "{\"decision\": \"IN\", \"reason\": \"x\", \"expiresAt\": \"%s\"}"
                                .formatted(end))
                .then()
                .statusCode(201);
        assertThat(memberIds(segment)).contains(outside.toString());

        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(
                        () -> assertThat(memberIds(segment)).containsExactly(inside.toString()));
        assertThat(clock.instant()).isBetween(end, end.plusSeconds(6));
        agent().get("/segments/{segment}/overrides", segment).then().body("items", empty());
        get(outside).then().statusCode(404).body("code", equalTo("no-override"));
        Response past = past(outside);
        past.then().statusCode(200).body("items.decision", contains("IN"));
        assertThat(past.<String>path("items[0].endedAt"))
                .isEqualTo(past.<String>path("items[0].expiresAt"));
        assertThat(past.<String>path("items[0].endedBy")).isNull();
    }

    @Test
    void what_was_said_is_replaced_and_taken_back_by_who_has_read_it() {
        String in = "{\"decision\": \"IN\", \"reason\": \"a friend\"}";
        String out = "{\"decision\": \"OUT\", \"reason\": \"no friend\"}";
        say(outside, "If-Match", "*", in)
                .then()
                .statusCode(412)
                .body("code", equalTo("nothing-to-update"));
        Response made = say(outside, in);
        String first = made.header("ETag");
        made.then()
                .statusCode(201)
                .header("Location", "/segments/%s/overrides/%s".formatted(segment, outside));
        get(outside).then().statusCode(200).header("ETag", first).body("decision", equalTo("IN"));
        agent().header("If-None-Match", first)
                .get("/segments/{segment}/overrides/{customer}", segment, outside)
                .then()
                .statusCode(304);
        say(outside, out).then().statusCode(412).body("code", equalTo("override-exists"));
        agent().contentType(ContentType.JSON)
                .body(out)
                .put("/segments/{segment}/overrides/{customer}", segment, outside)
                .then()
                .statusCode(428);
        assertThat(memberIds(segment)).contains(outside.toString());

        Response replaced = say(outside, "If-Match", first, out);
        replaced.then().statusCode(200).body("decision", equalTo("OUT"));
        takeBack(outside, first).then().statusCode(412).body("code", equalTo("stale-version"));
        agent().delete("/segments/{segment}/overrides/{customer}", segment, outside)
                .then()
                .statusCode(428);
        takeBack(outside, replaced.header("ETag")).then().statusCode(200);
        String again = say(outside, in).header("ETag");
        assertThat(again).isNotEqualTo(first);
    }

    /** The lock of the customer's row lets one after the other look at what holds. */
    @Test
    void of_those_who_replace_the_same_at_once_one_does() {
        String etag =
                say(outside, "{\"decision\": \"IN\", \"reason\": \"a friend\"}").header("ETag");

        List<Integer> statuses =
                AtOnce.run(
                        8,
                        number ->
                                say(
                                                outside,
                                                "If-Match",
                                                etag,
                                                "{\"decision\": \"OUT\", \"reason\": \"%d\"}"
                                                        .formatted(number))
                                        .statusCode());

        assertThat(statuses).containsOnlyOnce(200).filteredOn(one -> one == 412).hasSize(7);
        past(outside).then().body("items.reason", contains("a friend"));
    }

    @Test
    void what_was_said_before_is_kept_with_who_said_otherwise() {
        say(inside, "{\"decision\": \"OUT\", \"reason\": \"first\"}").then().statusCode(201);
        say(inside, "If-Match", "*", "{\"decision\": \"IN\", \"reason\": \"second\"}")
                .then()
                .statusCode(200);
        past(inside).then().body("items.reason", contains("first"));
        takeBack(inside, "*").then().statusCode(200);

        Response page =
                agent().queryParam("limit", 1)
                        .get("/segments/{segment}/overrides/{customer}/past", segment, inside);
        page.then()
                .statusCode(200)
                .body("items.reason", contains("second"))
                .body("items[0].endedBy", notNullValue())
                .body("items[0].endedAt", notNullValue());
        agent().queryParam("limit", 1)
                .queryParam("after", page.<String>path("next"))
                .get("/segments/{segment}/overrides/{customer}/past", segment, inside)
                .then()
                .body("items.reason", contains("first"))
                .body("next", nullValue());
        past(outside).then().statusCode(200).body("items", empty());
    }

    @Test
    void what_was_said_of_a_member_holds_for_its_survivor() {
        say(inside, "{\"decision\": \"OUT\", \"reason\": \"asked to\"}").then().statusCode(201);
        UUID survivor = registered("{}");
        merge(survivor, inside).then().statusCode(200);
        assertThat(memberIds(segment)).isEmpty();
        say(inside, "If-Match", "*", "{\"decision\": \"IN\", \"reason\": \"asked again\"}")
                .then()
                .statusCode(200)
                .body("customer", equalTo(survivor.toString()));
        assertThat(memberIds(segment)).containsExactly(survivor.toString());
    }

    @Test
    void what_was_said_of_a_member_does_not_come_back_when_what_replaced_it_ends() {
        say(inside, "{\"decision\": \"IN\", \"reason\": \"of the member\"}").then().statusCode(201);
        UUID survivor = registered("{}");
        merge(survivor, inside).then().statusCode(200);
        say(
                        inside,
                        "If-Match",
                        "*",
                        "{\"decision\": \"OUT\", \"reason\": \"of both\", \"expiresAt\": \"%s\"}"
                                .formatted(clock.instant().plusSeconds(4)))
                .then()
                .statusCode(200);
        past(survivor).then().body("items.reason", contains("of the member"));
        assertThat(memberIds(segment)).isEmpty();

        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(
                        () -> assertThat(memberIds(segment)).containsExactly(survivor.toString()));
        members(segment).then().body("items[0].fields", contains("tags", "country"));
        get(survivor).then().statusCode(404);
        past(survivor).then().body("items.reason", contains("of both", "of the member"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"decision\": \"MAYBE\", \"reason\": \"x\"}",
                "{\"decision\": \"IN\"}",
                "{\"decision\": \"IN\", \"reason\": \"\"}",
                "{\"decision\": \"IN\", \"reason\": \"x\", \"expiresAt\": \"2020-01-01T00:00:00Z\"}",
                "{\"decision\": \"IN\", \"reason\": \"x\", \"expiresAt\": \"tomorrow\"}",
                "{\"decision\": \"IN\", \"reason\": \"x\", \"author\": \"me\"}"
            })
    void what_says_nothing_is_refused(String terms) {
        say(inside, terms).then().statusCode(400);
    }

    @Test
    void nobody_and_nothing_is_not_found_and_partners_say_nothing() {
        say(UUID.randomUUID(), "{\"decision\": \"IN\", \"reason\": \"x\"}")
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown-customer"));
        segment = newKey();
        say(inside, "{\"decision\": \"IN\", \"reason\": \"x\"}")
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown-segment"));
        as(Tokens.partner("shop"))
                .get("/segments/{segment}/overrides", segment)
                .then()
                .statusCode(403);
    }
}

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

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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

    private Response say(UUID customer, String terms) {
        return agent().contentType(ContentType.JSON)
                .body(terms)
                .put("/segments/{segment}/overrides/{customer}", segment, customer);
    }

    private Response takeBack(UUID customer) {
        return agent().delete("/segments/{segment}/overrides/{customer}", segment, customer);
    }

    @Test
    void it_decides_until_it_is_taken_back_and_shows_who_said_it() {
        say(outside, "{\"decision\": \"IN\", \"reason\": \"a friend\"}")
                .then()
                .statusCode(200)
                .body("decision", equalTo("IN"))
                .body("author", notNullValue());
        say(inside, "{\"decision\": \"OUT\", \"reason\": \"asked to\"}").then().statusCode(200);
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

        takeBack(outside).then().statusCode(200);
        takeBack(outside).then().statusCode(404).body("code", equalTo("no-override"));
        takeBack(inside).then().statusCode(200);
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
                .statusCode(200);
        assertThat(memberIds(segment)).contains(outside.toString());

        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(
                        () -> assertThat(memberIds(segment)).containsExactly(inside.toString()));
        assertThat(clock.instant()).isBetween(end, end.plusSeconds(6));
        agent().get("/segments/{segment}/overrides", segment).then().body("items", empty());
    }

    @Test
    void what_was_said_of_a_member_holds_for_its_survivor() {
        say(inside, "{\"decision\": \"OUT\", \"reason\": \"asked to\"}").then().statusCode(200);
        UUID survivor = registered("{}");
        merge(survivor, inside).then().statusCode(200);
        assertThat(memberIds(segment)).isEmpty();
        say(inside, "{\"decision\": \"IN\", \"reason\": \"asked again\"}")
                .then()
                .statusCode(200)
                .body("customer", equalTo(survivor.toString()));
        assertThat(memberIds(segment)).containsExactly(survivor.toString());
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

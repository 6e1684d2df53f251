package io.rapport.customer.segment;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.merge;
import static io.rapport.customer.CustomersApi.patch;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.CustomersApi.unmerge;
import static io.rapport.customer.segment.SegmentsApi.both;
import static io.rapport.customer.segment.SegmentsApi.change;
import static io.rapport.customer.segment.SegmentsApi.compare;
import static io.rapport.customer.segment.SegmentsApi.keysOf;
import static io.rapport.customer.segment.SegmentsApi.made;
import static io.rapport.customer.segment.SegmentsApi.make;
import static io.rapport.customer.segment.SegmentsApi.memberIds;
import static io.rapport.customer.segment.SegmentsApi.newKey;
import static io.rapport.customer.segment.SegmentsApi.ready;
import static io.rapport.customer.segment.SegmentsApi.segmentsOf;
import static io.rapport.customer.segment.SegmentsApi.terms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.customer.attribute.AttributesApi;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.Samples;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Topics;
import io.rapport.platform.testing.Topics.Message;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Members, kept up with what is written of customers and of segments. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class MembershipTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject Jdbi jdbi;

    private final Topics topics = Topics.ofSuite();
    private final String tag = newKey();

    @AfterEach
    void close() {
        topics.close();
    }

    private UUID tagged() {
        return registered("{\"tags\": [\"%s\"]}".formatted(tag));
    }

    @Test
    void who_was_there_before_is_in_it_once_it_is_ready_and_pages_end_with_the_last() {
        List<String> customers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            customers.add(tagged().toString());
        }
        String key = made(SegmentsApi.tagged(tag));

        assertThat(memberIds(key)).containsExactlyElementsOf(customers.stream().sorted().toList());
        List<String> paged = new ArrayList<>();
        String next = null;
        do {
            var page =
                    agent().queryParam("limit", 2)
                            .queryParams(next == null ? Map.of() : Map.of("after", next))
                            .get("/segments/{segment}/members", key)
                            .then()
                            .statusCode(200)
                            .extract();
            paged.addAll(page.path("items.customer"));
            next = page.path("next");
        } while (next != null);
        assertThat(paged).containsExactlyElementsOf(customers.stream().sorted().toList());
        SegmentsApi.members(key)
                .then()
                .body("items[0].reason", equalTo("DEFINITION"))
                .body("items[0].version", equalTo(1))
                .body("items[0].fields", contains("tags"));
    }

    @Test
    void a_write_of_the_profile_moves_its_customer_in_and_out_with_the_write() {
        String key = made(both(SegmentsApi.tagged(tag), compare("country", "ANY_OF", "[\"GB\"]")));
        UUID ada = tagged();
        assertThat(keysOf(ada)).doesNotContain(key);

        patch(ada, "*", "{\"country\": \"GB\"}").then().statusCode(200);
        segmentsOf(ada)
                .then()
                .body("items.find { it.segment == '%s' }.reason".formatted(key), equalTo("PROFILE"))
                .body(
                        "items.find { it.segment == '%s' }.fields".formatted(key),
                        contains("tags", "country"));
        patch(ada, "*", "{\"country\": \"FR\"}").then().statusCode(200);
        assertThat(keysOf(ada)).doesNotContain(key);
        UUID bob = registered("{\"tags\": [\"%s\"], \"country\": \"GB\"}".formatted(tag));
        assertThat(memberIds(key)).containsExactly(bob.toString());
    }

    @Test
    void each_move_is_an_event_after_that_of_the_write_and_tells_no_value() throws Exception {
        String key = made(both(SegmentsApi.tagged(tag), compare("country", "ANY_OF", "[\"GB\"]")));
        UUID ada = tagged();
        patch(ada, "*", "{\"country\": \"GB\"}").then().statusCode(200);
        patch(ada, "*", "{\"country\": \"FR\"}").then().statusCode(200);

        List<Message> events =
                await().atMost(LIMIT)
                        .until(
                                () -> eventsOf(ada, key),
                                found ->
                                        found.stream().filter(one -> isOfSegment(one)).count()
                                                == 2);
        assertThat(events)
                .extracting(event -> event.header("ce_type"))
                .containsExactly(
                        "customer.registered.v1",
                        "customer.changed.v1",
                        "customer.segment-entered.v1",
                        "customer.changed.v1",
                        "customer.segment-left.v1");
        JsonNode entered = JSON.readTree(events.get(2).value());
        assertThat(entered)
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"segment": "%s", "version": 1, "reason": "PROFILE", "fields": ["tags", "country"]}"""
                                        .formatted(key)));
        assertThat(JSON.readTree(events.get(4).value()).path("fields").toString())
                .isEqualTo("[\"country\"]");
        Samples.assertSameShape(
                "customer.segment-entered.v1", Objects.requireNonNull(events.get(2).value()));
        Samples.assertSameShape(
                "customer.segment-left.v1", Objects.requireNonNull(events.get(4).value()));
    }

    /** Without the segments of other tests. */
    private List<Message> eventsOf(UUID customer, String key) {
        return topics.readAll(Topic.CUSTOMERS, customer.toString()).stream()
                .filter(
                        event ->
                                !isOfSegment(event)
                                        || Objects.requireNonNull(event.value()).contains(key))
                .toList();
    }

    private static boolean isOfSegment(Message event) {
        return Objects.requireNonNull(event.header("ce_type")).contains(".segment-");
    }

    @Test
    void an_attribute_that_is_given_or_taken_away_moves_its_customer() {
        String name = AttributesApi.defined(AttributesApi.terms("INTEGER", ""));
        String key = made(compare("attributes." + name, "AT_LEAST", "[7]"));
        UUID ada = registered(AttributesApi.profile(name, "7"));
        assertThat(memberIds(key)).containsExactly(ada.toString());
        patch(ada, "*", AttributesApi.profile(name, "6")).then().statusCode(200);
        assertThat(memberIds(key)).isEmpty();
        patch(ada, "*", AttributesApi.profile(name, "8")).then().statusCode(200);
        assertThat(memberIds(key)).containsExactly(ada.toString());
        patch(ada, "*", AttributesApi.profile(name, "null")).then().statusCode(200);
        assertThat(memberIds(key)).isEmpty();
    }

    @Test
    void a_changed_segment_decides_all_anew_and_so_do_those_that_refer_to_it() {
        UUID gb = registered("{\"tags\": [\"%s\"], \"country\": \"GB\"}".formatted(tag));
        UUID fr = registered("{\"tags\": [\"%s\"], \"country\": \"FR\"}".formatted(tag));
        String inner =
                made(both(SegmentsApi.tagged(tag), compare("country", "ANY_OF", "[\"GB\"]")));
        String outer =
                made(
                        both(
                                SegmentsApi.tagged(tag),
                                "{\"not\": {\"segment\": \"%s\"}}".formatted(inner)));
        assertThat(memberIds(inner)).containsExactly(gb.toString());
        assertThat(memberIds(outer)).containsExactly(fr.toString());

        change(
                        inner,
                        terms(
                                both(
                                        SegmentsApi.tagged(tag),
                                        compare("country", "ANY_OF", "[\"FR\"]"))))
                .then()
                .statusCode(200)
                .body("state", equalTo("BUILDING"));
        ready(inner);
        ready(outer);
        assertThat(memberIds(inner)).containsExactly(fr.toString());
        assertThat(memberIds(outer)).containsExactly(gb.toString());
        patch(gb, "*", "{\"country\": \"FR\"}").then().statusCode(200);
        assertThat(memberIds(inner)).contains(gb.toString());
        assertThat(memberIds(outer)).isEmpty();
    }

    /** Before the change, during it or after it: each is seen by the write or by the build. */
    @Test
    void writes_while_a_segment_is_made_are_not_lost() {
        String key = newKey();
        List<String> customers =
                AtOnce.run(
                        12,
                        number -> {
                            if (number == 0) {
                                make(key, SegmentsApi.tagged(tag)).then().statusCode(201);
                                return "";
                            }
                            UUID customer = registered("{}");
                            patch(customer, "*", "{\"tags\": [\"%s\"]}".formatted(tag))
                                    .then()
                                    .statusCode(200);
                            return customer.toString();
                        });
        ready(key);
        assertThat(memberIds(key))
                .containsExactlyInAnyOrderElementsOf(
                        customers.stream().filter(one -> !one.isEmpty()).toList());
    }

    /** The lock of the customer's row lets one writer after the other decide. */
    @Test
    void of_those_who_write_at_once_the_last_decides_and_each_move_follows_its_opposite() {
        String key = made(both(SegmentsApi.tagged(tag), compare("country", "ANY_OF", "[\"GB\"]")));
        UUID ada = tagged();
        AtOnce.run(
                16,
                number ->
                        patch(
                                        ada,
                                        "*",
                                        "{\"country\": \"%s\"}"
                                                .formatted(number % 2 == 0 ? "GB" : "FR"))
                                .then()
                                .statusCode(200)
                                .extract()
                                .statusCode());
        String country = agent().get("/customers/{customer}", ada).path("country");
        boolean inside = country.equals("GB");
        assertThat(memberIds(key)).hasSize(inside ? 1 : 0);

        patch(ada, "*", "{\"country\": \"%s\"}".formatted(inside ? "FR" : "GB"))
                .then()
                .statusCode(200);
        String last = inside ? "customer.segment-left.v1" : "customer.segment-entered.v1";
        List<String> moves =
                await().atMost(LIMIT)
                        .until(
                                () ->
                                        eventsOf(ada, key).stream()
                                                .filter(MembershipTest::isOfSegment)
                                                .map(event -> event.header("ce_type"))
                                                .toList(),
                                found -> !found.isEmpty() && last.equals(found.getLast()));
        for (int i = 0; i < moves.size(); i++) {
            assertThat(moves.get(i))
                    .isEqualTo(
                            i % 2 == 0
                                    ? "customer.segment-entered.v1"
                                    : "customer.segment-left.v1");
        }
    }

    /** It may have read the segments of before, and what it wrote is not to be seen yet. */
    @Test
    void customers_are_decided_only_when_whoever_was_writing_has_ended() {
        String key = newKey();
        QuarkusTransaction.requiringNew()
                .run(
                        () -> {
                            jdbi.useHandle(
                                    handle ->
                                            handle.createQuery("SELECT pg_current_xact_id()")
                                                    .mapTo(String.class)
                                                    .one());
                            make(key, SegmentsApi.tagged(tag)).then().statusCode(201);
                            await().during(Duration.ofSeconds(2))
                                    .atMost(LIMIT)
                                    .until(() -> "BUILDING".equals(state(key)));
                        });
        ready(key);
    }

    private static String state(String key) {
        return agent().get("/segments/{segment}", key).path("state");
    }

    @Test
    void of_merged_customers_the_survivor_is_in_it_and_an_unmerge_undoes_that() {
        String key = made(both(SegmentsApi.tagged(tag), compare("country", "ANY_OF", "[\"GB\"]")));
        String foreign =
                made(both(SegmentsApi.tagged(tag), compare("country", "ANY_OF", "[\"FR\"]")));
        UUID survivor = registered("{\"tags\": [\"%s\"]}".formatted(tag));
        UUID member = registered("{\"tags\": [\"%s\"], \"country\": \"GB\"}".formatted(tag));
        assertThat(memberIds(key)).containsExactly(member.toString());

        merge(survivor, member).then().statusCode(200);
        assertThat(memberIds(key)).containsExactly(survivor.toString());
        assertThat(keysOf(member)).contains(key);
        patch(member, "*", "{\"country\": \"FR\"}").then().statusCode(200);
        assertThat(memberIds(key)).isEmpty();
        assertThat(memberIds(foreign)).containsExactly(survivor.toString());
        unmerge(member).then().statusCode(200);
        assertThat(memberIds(key)).containsExactly(member.toString());
        assertThat(memberIds(foreign)).containsExactly(survivor.toString());
    }
}

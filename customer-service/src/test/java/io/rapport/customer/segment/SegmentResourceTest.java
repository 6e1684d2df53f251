package io.rapport.customer.segment;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.as;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.segment.SegmentsApi.both;
import static io.rapport.customer.segment.SegmentsApi.change;
import static io.rapport.customer.segment.SegmentsApi.compare;
import static io.rapport.customer.segment.SegmentsApi.delete;
import static io.rapport.customer.segment.SegmentsApi.made;
import static io.rapport.customer.segment.SegmentsApi.make;
import static io.rapport.customer.segment.SegmentsApi.manager;
import static io.rapport.customer.segment.SegmentsApi.newKey;
import static io.rapport.customer.segment.SegmentsApi.preview;
import static io.rapport.customer.segment.SegmentsApi.put;
import static io.rapport.customer.segment.SegmentsApi.ready;
import static io.rapport.customer.segment.SegmentsApi.retire;
import static io.rapport.customer.segment.SegmentsApi.tagged;
import static io.rapport.customer.segment.SegmentsApi.terms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.customer.attribute.AttributesApi;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Segments as managers keep them, and what they cannot be. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class SegmentResourceTest {

    private static final String ANYBODY = "{\"field\": \"createdAt\", \"operator\": \"KNOWN\"}";
    private static final String NOBODY = "{\"not\": " + ANYBODY + "}";

    @Test
    void a_manager_makes_a_segment_and_staff_read_it() {
        String key = newKey();
        String condition =
                """
                {"all": [{"field": "country", "operator": "ANY_OF", "values": ["GB", "IE"]},
                         {"any": [{"field": "loyalty.balance", "operator": "AT_LEAST", "values": [100.5]},
                                  {"not": {"field": "interactions.lastAt", "operator": "NEWER_THAN",
                                           "values": ["P60D"]}}]}]}""";
        Response made = make(key, condition);
        made.then()
                .statusCode(201)
                .header("ETag", "\"1\"")
                .header("Location", "/segments/" + key)
                .body("state", equalTo("BUILDING"))
                .body("active", equalTo(true));

        agent().get("/segments/{segment}", key)
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("key", equalTo(key))
                .body("condition.all[0].values", contains("GB", "IE"))
                .body("condition.all[1].any[0].values[0]", equalTo(100.5f))
                .body("condition.all[1].any[1].not.operator", equalTo("NEWER_THAN"));
        agent().header("If-None-Match", "\"1\"")
                .get("/segments/{segment}", key)
                .then()
                .statusCode(304);
        put(key, "If-Match", "\"1\"", terms(condition))
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"");
        change(key, terms(NOBODY)).then().statusCode(200).header("ETag", "\"2\"");
        put(key, "If-Match", "\"1\"", terms(condition)).then().statusCode(412);
        make(key, condition).then().statusCode(412).body("code", equalTo("segment-exists"));
        manager()
                .contentType(ContentType.JSON)
                .body(terms(NOBODY))
                .put("/segments/{segment}", newKey())
                .then()
                .statusCode(428);
    }

    @Test
    void only_managers_make_segments() {
        agent().header("If-None-Match", "*")
                .contentType(ContentType.JSON)
                .body(terms(ANYBODY))
                .put("/segments/{segment}", newKey())
                .then()
                .statusCode(403);
        SegmentsApi.manager().get("/segments").then().statusCode(200);
        as(Tokens.partner("shop")).get("/segments").then().statusCode(403);
    }

    @Test
    void a_segment_that_refers_to_itself_is_refused_directly_and_in_a_circle() {
        String one = newKey();
        make(one, "{\"segment\": \"%s\"}".formatted(one))
                .then()
                .statusCode(422)
                .body("code", equalTo("invalid-condition"))
                .body("errors[0].pointer", equalTo("/condition/segment"));
        make(one, NOBODY).then().statusCode(201);
        String two = newKey();
        make(two, "{\"not\": {\"segment\": \"%s\"}}".formatted(one)).then().statusCode(201);
        String three = newKey();
        make(three, "{\"all\": [{\"segment\": \"%s\"}]}".formatted(two)).then().statusCode(201);

        change(one, terms("{\"any\": [%s, {\"segment\": \"%s\"}]}".formatted(NOBODY, three)))
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/condition/any/1/segment"));
        change(one, terms("{\"segment\": \"none-such\"}")).then().statusCode(422);
        ready(one);
        ready(two);
        delete(two).then().statusCode(409);
        retire(two, NOBODY);
        delete(two).then().statusCode(409).body("code", equalTo("segment-in-use"));
    }

    /** Each is decided within the one that refers to it, by whoever writes a customer. */
    @Test
    void a_chain_of_references_is_bounded_from_both_of_its_ends() {
        String first = newKey();
        make(first, NOBODY).then().statusCode(201);
        String last = first;
        for (int i = 1; i < 8; i++) {
            String next = newKey();
            make(next, "{\"segment\": \"%s\"}".formatted(last)).then().statusCode(201);
            last = next;
        }

        make(newKey(), "{\"not\": {\"segment\": \"%s\"}}".formatted(last))
                .then()
                .statusCode(422)
                .body("code", equalTo("invalid-condition"))
                .body("errors[0].pointer", equalTo("/condition"));
        String below = newKey();
        make(below, NOBODY).then().statusCode(201);
        change(first, terms("{\"segment\": \"%s\"}".formatted(below)))
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/condition"));
        change(last, terms("{\"segment\": \"%s\"}".formatted(below))).then().statusCode(200);
    }

    /** Each by itself is sound; the row that both hold lets the second see the first. */
    @Test
    void two_who_refer_to_each_other_at_once_make_no_circle() {
        String one = newKey();
        String two = newKey();
        make(one, NOBODY).then().statusCode(201);
        make(two, NOBODY).then().statusCode(201);
        List<Integer> statuses =
                AtOnce.run(
                        2,
                        number ->
                                change(
                                                number == 0 ? one : two,
                                                terms(
                                                        "{\"segment\": \"%s\"}"
                                                                .formatted(
                                                                        number == 0 ? two : one)))
                                        .statusCode());

        assertThat(statuses).containsExactlyInAnyOrder(200, 422);
    }

    @Test
    void an_attribute_that_was_deleted_is_refused_and_one_that_is_referred_to_stays() {
        String name = AttributesApi.defined(AttributesApi.terms("INTEGER", ""));
        String condition = compare("attributes." + name, "AT_LEAST", "[7]");
        String key = newKey();
        make(key, condition).then().statusCode(201);

        manager()
                .header("If-Match", "*")
                .delete("/attribute-definitions/{name}", name)
                .then()
                .statusCode(409)
                .body("code", equalTo("attribute-in-segment"));
        manager()
                .header("If-Match", "*")
                .contentType(ContentType.JSON)
                .body(AttributesApi.terms("TEXT", ""))
                .put("/attribute-definitions/{name}", name)
                .then()
                .statusCode(409)
                .body("code", equalTo("attribute-in-segment"));
        change(key, terms(NOBODY)).then().statusCode(200);
        manager()
                .header("If-Match", "*")
                .delete("/attribute-definitions/{name}", name)
                .then()
                .statusCode(200);
        change(key, terms(condition))
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("/condition/field"));
        preview(condition).then().statusCode(422);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 400",
                "{\"all\": 7} | 400",
                "{\"all\": [{\"not\": {\"fields\": \"tags\"}}]} | 400",
                "{\"field\": \"country\", \"operator\": \"LIKE\", \"values\": [\"x\"]} | 400",
                "{\"field\": \"country\", \"operator\": \"KNOWN\", \"all\": []} | 400",
                "null | 400",
                "{\"field\": \"displayName\", \"operator\": \"KNOWN\"} | 422"
            })
    void what_is_no_condition_is_refused(String condition, int status) {
        make(newKey(), condition).then().statusCode(status);
    }

    @ParameterizedTest
    @CsvSource({"Upper", "a--b", "-a", "preview", "1a"})
    void a_key_is_a_slug(String key) {
        make(key, NOBODY).then().statusCode(400).body("code", equalTo("invalid-segment-key"));
    }

    @Test
    void it_is_deleted_when_it_is_retired_and_all_have_left() {
        String tag = newKey();
        String customer = registered("{\"tags\": [\"%s\"]}".formatted(tag)).toString();
        String key = made(tagged(tag));
        assertThat(SegmentsApi.memberIds(key)).containsExactly(customer);
        delete(key).then().statusCode(409).body("code", equalTo("segment-has-members"));
        retire(key, tagged(tag));
        assertThat(SegmentsApi.memberIds(key)).isEmpty();
        delete(key).then().statusCode(200).body("key", equalTo(key));
        delete(key).then().statusCode(404).body("code", equalTo("unknown-segment"));
    }

    @Test
    void a_language_is_that_of_all_its_regions() {
        String tag = newKey();
        String german = newKey();
        String ofGermany = newKey();
        make(german, both(tagged(tag), compare("language", "ANY_OF", "[\"DE\"]")))
                .then()
                .statusCode(201);
        make(ofGermany, both(tagged(tag), compare("language", "ANY_OF", "[\"de-DE\"]")))
                .then()
                .statusCode(201);
        String ada =
                registered("{\"tags\": [\"%s\"], \"language\": \"de-AT\"}".formatted(tag))
                        .toString();
        registered("{\"tags\": [\"%s\"], \"language\": \"den\"}".formatted(tag));

        assertThat(SegmentsApi.memberIds(german)).containsExactly(ada);
        assertThat(SegmentsApi.memberIds(ofGermany)).isEmpty();
    }

    @Test
    void a_preview_counts_and_shows_who_would_be_in_it_and_keeps_nothing() {
        String tag = newKey();
        String ada =
                registered("{\"tags\": [\"%s\"], \"country\": \"GB\"}".formatted(tag)).toString();
        registered("{\"tags\": [\"%s\"], \"country\": \"FR\"}".formatted(tag));
        String inside = made(tagged(tag));

        preview(
                        both(
                                "{\"segment\": \"%s\"}".formatted(inside),
                                compare("country", "ANY_OF", "[\"GB\"]")))
                .then()
                .statusCode(200)
                .body("count", equalTo(1))
                .body("bound", equalTo("EXACT"))
                .body("sample.customer.id", contains(ada))
                .body("sample[0].fields", contains("segments." + inside, "country"));
        preview(tagged(tag)).then().body("count", equalTo(2)).body("sample", hasSize(2));
        agent().get("/customers/{customer}/segments", ada)
                .then()
                .statusCode(200)
                .body("items.segment", hasItem(inside));
        agent().contentType(ContentType.JSON)
                .body("{\"condition\": %s}".formatted(NOBODY))
                .post("/segments/preview")
                .then()
                .statusCode(403);
    }
}

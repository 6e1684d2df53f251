package io.rapport.interaction.intake;

import static io.rapport.interaction.InteractionsApi.agent;
import static io.rapport.interaction.InteractionsApi.batch;
import static io.rapport.interaction.InteractionsApi.get;
import static io.rapport.interaction.InteractionsApi.list;
import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.newId;
import static io.rapport.interaction.InteractionsApi.post;
import static io.rapport.interaction.InteractionsApi.purchase;
import static io.rapport.interaction.InteractionsApi.served;
import static io.rapport.interaction.InteractionsApi.with;
import static io.rapport.interaction.type.VocabularyApi.newType;
import static io.rapport.interaction.type.VocabularyApi.put;
import static io.rapport.interaction.type.VocabularyApi.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What else is known of an interaction, beside what happened when. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class RecordCircumstancesTest {

    private static final String SCHEMA =
            """
            {"type": "object", "additionalProperties": false, "required": ["part"],
             "properties": {"part": {"enum": ["lamp", "clock"]}, "price": {"type": "number"}}}""";

    @Test
    void all_of_it_is_read_as_it_was_answered_alone_listed_and_exported() {
        Customer customer = newCustomer();
        Map<String, @Nullable Object> told = repair(customer, newType(SCHEMA));

        Response answer = post(told);

        answer.then()
                .statusCode(201)
                .body("employee", equalTo("emp-0042"))
                .body("team", equalTo("first-line"))
                .body("reference", equalTo(Map.of("kind", "ORDER", "value", "536365")))
                .body("device", equalTo("tablet"))
                .body("place", equalTo("Leeds, Briggate"))
                .body("attributes.part", equalTo("lamp"))
                .body("emotions", equalTo(Map.of("JOY", 20, "ANGER", 70)))
                .body("outcome", equalTo("SOLVED"))
                .body("duration", equalTo("PT4M30.25S"))
                .body("wait", equalTo("PT45S"));
        assertThat(get(answer.path("id")).asString()).isEqualTo(answer.asString());
        assertThat(list(customer.name()).<Map<?, ?>>path("items[0]"))
                .isEqualTo(answer.jsonPath().getMap(""));
        assertThat(
                        agent().get("/interactions/customers/{customer}/export", customer.name())
                                .<Map<?, ?>>path("interactions[0]"))
                .isEqualTo(answer.jsonPath().getMap(""));
    }

    @Test
    void a_batch_keeps_it_too_and_what_has_none_of_it_says_nothing() {
        Customer customer = newCustomer();
        String type = newType(SCHEMA);
        Map<String, @Nullable Object> told = repair(customer, type);
        Response alone = post(told);
        Map<String, @Nullable Object> again = with(told, "sourceId", newId());
        Map<String, @Nullable Object> bare = purchase(customer);

        String results = batch(json(again), json(bare), json(told)).asString();

        assertThat(results.split("\n"))
                .satisfiesExactly(
                        line -> assertThat(line).contains("\"status\":201"),
                        line -> assertThat(line).contains("\"status\":201"),
                        line -> assertThat(line).contains("\"status\":200"));
        Map<String, Object> first = alone.jsonPath().getMap("");
        List<Map<String, Object>> items = list(customer.name()).path("items");
        Map<String, Object> listed =
                items.stream()
                        .filter(item -> Objects.equals(item.get("sourceId"), again.get("sourceId")))
                        .findFirst()
                        .orElseThrow();
        for (String own : List.of("id", "sourceId", "recordedAt")) {
            first.remove(own);
            listed.remove(own);
        }
        assertThat(listed).isEqualTo(first);
        Map<String, Object> other =
                items.stream()
                        .filter(item -> Objects.equals(item.get("sourceId"), bare.get("sourceId")))
                        .findFirst()
                        .orElseThrow();
        assertThat(other)
                .doesNotContainKeys("employee", "emotions", "duration", "wait", "attributes");
    }

    @Test
    void the_same_again_is_the_same_and_anything_else_is_not() {
        Map<String, @Nullable Object> told = repair(newCustomer(), newType(SCHEMA));
        post(told).then().statusCode(201);

        post(with(told, "attributes", Map.of("price", 12.50, "part", "lamp")))
                .then()
                .statusCode(200);
        post(with(told, "wait", "PT46S")).then().statusCode(409);
        post(with(told, "place", null)).then().statusCode(409);
        post(with(told, "emotions", Map.of("ANGER", 70))).then().statusCode(409);
    }

    @Test
    void attributes_meet_the_schema_of_then_and_not_of_now() {
        Customer customer = newCustomer();
        String type = newType(SCHEMA);
        Map<String, @Nullable Object> told = repair(customer, type);
        Response first = post(told);
        first.then().statusCode(201);

        put(
                        "types",
                        type,
                        "If-Match",
                        "*",
                        type("NONE", "{\"required\": [\"part\", \"hours\"]}", true))
                .then()
                .statusCode(200);

        post(with(told, "sourceId", newId()))
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("/attributes/hours"));
        assertThat(post(told).then().statusCode(200).extract().asString())
                .isEqualTo(first.asString());
    }

    @Test
    void a_type_that_requires_attributes_refuses_an_interaction_without_any() {
        Map<String, @Nullable Object> told = repair(newCustomer(), newType(SCHEMA));

        post(with(told, "attributes", null))
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("/attributes/part"));
        post(with(told, "attributes", Map.of("part", "MARKED")))
                .then()
                .statusCode(400)
                .body("errors.reason.toString()", not(containsString("MARKED")))
                .body("$", hasKey("errors"));
    }

    private static Map<String, @Nullable Object> repair(Customer customer, String type) {
        Map<String, @Nullable Object> told = served(purchase(customer));
        told.put("type", type);
        told.put("amount", null);
        told.put("attributes", Map.of("part", "lamp", "price", 12.5));
        return told;
    }

    private static String json(Map<String, @Nullable Object> interaction) {
        try {
            return new ObjectMapper().writeValueAsString(interaction);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}

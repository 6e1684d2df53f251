package io.rapport.interaction.intake;

import static io.rapport.interaction.InteractionsApi.agent;
import static io.rapport.interaction.InteractionsApi.as;
import static io.rapport.interaction.InteractionsApi.batch;
import static io.rapport.interaction.InteractionsApi.get;
import static io.rapport.interaction.InteractionsApi.list;
import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.newId;
import static io.rapport.interaction.InteractionsApi.post;
import static io.rapport.interaction.InteractionsApi.purchase;
import static io.rapport.interaction.InteractionsApi.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.Ids;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.rapport.platform.testing.Topics;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A batch is so many interactions in one body: each line gets the answer that it would have had
 * alone.
 */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class RecordBatchTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void each_line_is_answered_in_order_with_id_and_version() {
        Customer ada = newCustomer();
        Customer ben = newCustomer();

        List<JsonNode> results =
                results(batch(line(purchase(ada)), line(purchase(ben)), line(purchase(ada))));

        assertThat(results)
                .extracting(result -> result.path("line").asInt())
                .containsExactly(1, 2, 3);
        assertThat(results).extracting(result -> result.path("status").asInt()).containsOnly(201);
        assertThat(results)
                .extracting(result -> result.path("version").asText())
                .containsExactly(
                        "interaction-service/" + ada.id() + "/1",
                        "interaction-service/" + ben.id() + "/1",
                        "interaction-service/" + ada.id() + "/2");
        get(results.get(1).path("id").asText())
                .then()
                .body("customer", equalTo(ben.id().toString()));
    }

    @Test
    void a_version_of_a_line_can_be_asked_for() {
        Customer customer = newCustomer();
        String version =
                results(batch(line(purchase(customer)))).getFirst().path("version").asText();

        agent().header("Rapport-At-Least", version)
                .queryParam("customer", customer.name())
                .get("/interactions")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(1));
    }

    @Test
    void bad_lines_are_told_with_their_number_and_the_rest_goes_on() {
        Customer customer = newCustomer();
        Customer nobody = new Customer(Ids.next(), newId());

        List<JsonNode> results =
                results(
                        batch(
                                line(purchase(customer)),
                                "{\"customer\": ",
                                line(
                                        with(
                                                purchase(customer),
                                                "occurredAt",
                                                "0001-01-01T00:00:00Z")),
                                "",
                                line(
                                        with(
                                                purchase(customer),
                                                "amount",
                                                Map.of("amount", "1.005", "currency", "GBP"))),
                                line(with(purchase(customer), "colour", "red")),
                                "null",
                                "[]",
                                line(purchase(customer)) + line(purchase(customer)),
                                line(purchase(nobody)),
                                line(with(purchase(customer), "type", "GIFT")),
                                line(purchase(customer))));

        assertThat(results)
                .extracting(BatchLineView::of)
                .containsExactly(
                        new BatchLineView(1, 201, "", ""),
                        new BatchLineView(2, 400, "malformed-json", ""),
                        new BatchLineView(3, 400, "invalid-interaction", "/occurredAt"),
                        new BatchLineView(5, 400, "invalid-money", "/amount/amount"),
                        new BatchLineView(6, 400, "invalid-fields", "/colour"),
                        new BatchLineView(7, 400, "invalid-fields", ""),
                        new BatchLineView(8, 400, "invalid-fields", ""),
                        new BatchLineView(9, 400, "malformed-json", ""),
                        new BatchLineView(10, 404, "unknown-customer", ""),
                        new BatchLineView(11, 400, "invalid-interaction", "/type"),
                        new BatchLineView(12, 201, "", ""));
        list(customer.name()).then().body("items.size()", equalTo(2));
    }

    @Test
    void bytes_that_are_no_utf_8_spoil_their_line_only() {
        Customer customer = newCustomer();
        String marked = line(with(purchase(customer), "text", "MARK"));
        byte[] body =
                (marked + "\n" + line(purchase(customer))).getBytes(StandardCharsets.ISO_8859_1);
        body[marked.indexOf("MARK")] = (byte) 0xff;

        List<JsonNode> results =
                results(
                        agent().contentType("application/x-ndjson")
                                .body(body)
                                .post("/interactions/batch"));

        assertThat(results)
                .extracting(result -> result.path("status").asInt())
                .containsExactly(400, 201);
    }

    @Test
    void the_same_line_twice_in_a_batch_is_recorded_once_and_another_under_its_id_refused() {
        Customer customer = newCustomer();
        Map<String, @Nullable Object> told = purchase(customer);

        List<JsonNode> results =
                results(
                        batch(
                                line(told),
                                line(told),
                                line(with(told, "channel", "APP")),
                                line(purchase(customer))));

        assertThat(results)
                .extracting(result -> result.path("status").asInt())
                .containsExactly(201, 200, 409, 201);
        assertThat(results.get(1).path("id")).isEqualTo(results.get(0).path("id"));
        assertThat(results.get(1).path("version").asText())
                .isEqualTo(results.get(3).path("version").asText());
        assertThat(results.get(2).path("problem").path("code").asText())
                .isEqualTo("interaction-differs");
        list(customer.name()).then().body("items.size()", equalTo(2));
    }

    @Test
    void a_batch_sent_again_gets_the_same_ids_and_so_does_what_came_in_alone() {
        Customer customer = newCustomer();
        Map<String, @Nullable Object> alone = purchase(customer);
        String id = post(alone).path("id");
        String[] lines = {line(purchase(customer)), line(alone), line(purchase(customer))};

        List<JsonNode> first = results(batch(lines));
        List<JsonNode> again = results(batch(lines));

        assertThat(first)
                .extracting(result -> result.path("status").asInt())
                .containsExactly(201, 200, 201);
        assertThat(first.get(1).path("id").asText()).isEqualTo(id);
        assertThat(again).extracting(result -> result.path("status").asInt()).containsOnly(200);
        assertThat(again)
                .extracting(r -> r.path("id"))
                .isEqualTo(first.stream().map(r -> r.path("id")).toList());
        assertThat(again)
                .extracting(result -> result.path("version").asText())
                .containsOnly("interaction-service/" + customer.id() + "/3");
    }

    @Test
    void a_thousand_lines_keep_one_customers_order_over_all_transactions() {
        Customer ada = newCustomer();
        Customer ben = newCustomer();
        List<String> lines = new ArrayList<>();
        IntStream.range(0, 1000).forEach(i -> lines.add(line(purchase(i % 2 == 0 ? ada : ben))));

        List<JsonNode> results = results(batch(lines.toArray(String[]::new)));

        assertThat(results).hasSize(1000);
        List<String> idsOfAda =
                IntStream.range(0, 500)
                        .mapToObj(i -> results.get(2 * i).path("id").asText())
                        .toList();
        assertThat(idsOfAda).isSorted();
        assertThat(results.get(998).path("version").asText()).endsWith(ada.id() + "/500");
        try (Topics topics = Topics.ofSuite()) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () ->
                                    assertThat(
                                                    topics
                                                            .readAll(Topic.INTERACTIONS, ada.id())
                                                            .stream()
                                                            .map(
                                                                    message ->
                                                                            read(message.value())
                                                                                    .path(
                                                                                            "interaction")
                                                                                    .asText()))
                                            .isEqualTo(idsOfAda));
        }
    }

    @Test
    void beyond_its_limits_a_batch_is_refused_as_a_whole() {
        Customer customer = newCustomer();
        String line = line(purchase(customer));
        String[] tooMany = new String[1001];
        Arrays.fill(tooMany, line);
        String text = "t".repeat(99_000);
        String[] tooLong =
                IntStream.range(0, 41)
                        .mapToObj(i -> line(with(purchase(customer), "text", text)))
                        .toArray(String[]::new);

        batch(tooMany).then().statusCode(413).body("code", equalTo("batch-too-large"));
        batch(tooLong).then().statusCode(413).body("code", equalTo("batch-too-large"));
        list(customer.name()).then().body("items.size()", equalTo(0));
    }

    @Test
    void an_empty_batch_has_no_results() {
        assertThat(batch().then().statusCode(200).extract().asString()).isEmpty();
    }

    @Test
    void a_partner_is_refused_the_lines_of_others_only() {
        Customer customer = newCustomer();

        List<JsonNode> results =
                results(
                        batch(
                                as(Tokens.partner("shop")),
                                line(purchase(customer)),
                                line(with(purchase(customer), "source", "till"))));

        assertThat(results)
                .extracting(BatchLineView::of)
                .containsExactly(
                        new BatchLineView(1, 201, "", ""),
                        new BatchLineView(2, 403, "source-not-yours", ""));
    }

    @Test
    void json_is_no_batch() {
        agent().contentType("application/json")
                .body("[]")
                .post("/interactions/batch")
                .then()
                .statusCode(415);
    }

    /** What a test asks of a result line. */
    private record BatchLineView(int line, int status, String code, String pointer) {
        static BatchLineView of(JsonNode result) {
            return new BatchLineView(
                    result.path("line").asInt(),
                    result.path("status").asInt(),
                    result.path("problem").path("code").asText(),
                    result.path("problem").path("errors").path(0).path("pointer").asText());
        }
    }

    private static List<JsonNode> results(Response answer) {
        answer.then().statusCode(200).contentType("application/x-ndjson");
        return Arrays.stream(answer.asString().split("\n")).map(RecordBatchTest::read).toList();
    }

    private static JsonNode read(@Nullable String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static String line(Object interaction) {
        try {
            return JSON.writeValueAsString(interaction);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}

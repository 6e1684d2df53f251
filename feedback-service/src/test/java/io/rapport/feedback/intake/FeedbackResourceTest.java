package io.rapport.feedback.intake;

import static io.rapport.feedback.Surroundings.as;
import static io.rapport.feedback.Surroundings.give;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.feedback.Surroundings;
import io.rapport.platform.Ids;
import io.rapport.platform.event.Topic;
import io.rapport.platform.http.Cursor;
import io.rapport.platform.testing.Samples;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.rapport.platform.testing.Topics;
import io.rapport.platform.testing.Topics.Message;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class FeedbackResourceTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String MARK = "the courier sang an aria in the stairwell";

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
    void feedback_is_taken_in_and_read_again_and_told_without_its_text() {
        UUID customer = surroundings.customer();
        UUID interaction = Ids.next();
        Response given =
                give("""
                        {"customer": "shop:%s", "metric": "NPS", "rating": 9, "text": "%s", "touchpoint": "checkout",
                         "interaction": "%s", "occurredAt": "2026-11-20T09:14:05.250Z"}"""
                                .formatted(customer, MARK, interaction))
                        .statusCode(201)
                        .header("Rapport-Version", notNullValue())
                        .body("customer", equalTo(customer.toString()))
                        .body("metric", equalTo("NPS"))
                        .body("rating", equalTo(9))
                        .body("text", equalTo(MARK))
                        .body("touchpoint", equalTo("checkout"))
                        .body("interaction", equalTo(interaction.toString()))
                        .body("occurredAt", equalTo("2026-11-20T09:14:05.250Z"))
                        .body("recordedAt", notNullValue())
                        .body("$", not(hasKey("source")))
                        .extract()
                        .response();
        String id = given.path("id");
        assertThat(given.header("Location")).endsWith("/feedback/" + id);

        Response read = as(Tokens.agent()).get("/feedback/" + id);
        read.then().statusCode(200).header("Rapport-Version", notNullValue());
        assertThat(read.asString()).isEqualTo(given.asString());

        Message told = told(customer, 1).getFirst();
        Samples.assertSameShape("feedback.received.v1", Objects.requireNonNull(told.value()));
        assertThat(told.value())
                .contains(id, interaction.toString(), "\"NPS\"", "9")
                .doesNotContain("courier", "text");
        assertThat(told.headers().toString()).doesNotContain("courier");
        assertThat(told.header("ce_type")).isEqualTo("feedback.received.v1");
        assertThat(told.header("ce_source")).isEqualTo("/rapport/feedback-service");
        assertThat(told.header("ce_time")).isEqualTo("2026-11-20T09:14:05.250Z");
        assertThat(told.header("ce_customersequence")).isEqualTo("1");
    }

    @Test
    void merged_customers_are_listed_together_until_they_are_unmerged() {
        UUID survivor = surroundings.customer();
        UUID member = surroundings.customer();
        String one = given(survivor, "2026-11-20T09:00:00Z");
        String two = given(member, "2026-11-20T10:00:00Z");

        surroundings.merge(member, survivor);
        await().atMost(LIMIT).until(() -> listed(survivor).equals(List.of(two, one)));
        String three = given(member, "2026-11-20T11:00:00Z");
        as(Tokens.agent())
                .get("/feedback?customer=shop:" + member + "&metric=NPS")
                .then()
                .body("items.id", contains(three, two, one))
                .body(
                        "items.customer",
                        contains(member.toString(), member.toString(), survivor.toString()))
                .header("Content-Location", endsWith("/feedback?customer=" + survivor));

        surroundings.unmerge(member);
        await().atMost(LIMIT).until(() -> listed(survivor).equals(List.of(one)));
        assertThat(listed(member)).containsExactly(three, two);
    }

    private static String given(UUID customer, String occurredAt) {
        return give("""
                {"customer": "%s", "metric": "NPS", "rating": 9, "occurredAt": "%s"}"""
                        .formatted(customer, occurredAt))
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static List<String> listed(UUID customer) {
        return as(Tokens.agent()).get("/feedback?customer=" + customer).path("items.id");
    }

    @Test
    void a_rating_alone_is_feedback() {
        UUID customer = surroundings.customer();
        String id =
                give("{\"customer\": \"%s\", \"metric\": \"CES\", \"rating\": 7}"
                                .formatted(customer))
                        .statusCode(201)
                        .body("$", not(hasKey("text")))
                        .body("$", not(hasKey("touchpoint")))
                        .extract()
                        .path("id");
        as(Tokens.agent())
                .get("/feedback/" + id)
                .then()
                .statusCode(200)
                .body("occurredAt", notNullValue());
        assertThat(told(customer, 1).getFirst().value()).doesNotContain("null", "touchpoint");
    }

    @Test
    void words_come_back_as_they_were_said() {
        UUID customer = surroundings.customer();
        String text =
                "<script>alert('x')</script> 👍🏽 \"quoted\" \\ 漢字\nline two; DROP TABLE feedback;--";
        String json = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        give("{\"customer\": \"%s\", \"metric\": \"CSAT\", \"rating\": 1, \"text\": \"%s\"}"
                        .formatted(customer, json))
                .statusCode(201)
                .contentType("application/json")
                .body("text", equalTo(text));
    }

    @Test
    void a_write_waits_for_a_customer_that_was_registered_a_moment_ago() {
        UUID customer = Ids.next();
        Thread.ofVirtual().start(() -> surroundings.announce(customer));
        give("{\"customer\": \"%s\", \"metric\": \"NPS\", \"rating\": 5}".formatted(customer))
                .statusCode(201);
    }

    @Test
    void a_customer_that_nobody_knows_is_told_so() {
        give("{\"customer\": \"shop:nobody\", \"metric\": \"NPS\", \"rating\": 5}")
                .statusCode(404)
                .body("code", equalTo("unknown-customer"));
        as(Tokens.agent())
                .get("/feedback?customer=" + Ids.next())
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown-customer"));
        as(Tokens.agent())
                .get("/feedback/" + Ids.next())
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown-feedback"));
    }

    @Test
    void feedback_is_listed_newest_first_each_once_and_by_metric() {
        UUID customer = surroundings.customer();
        for (int i = 1; i <= 25; i++) {
            // Several share a second, so that the id has to decide.
            give("""
                    {"customer": "%s", "metric": "%s", "rating": 3, "touchpoint": "t%d",
                     "occurredAt": "2026-11-%02dT10:00:00Z"}"""
                            .formatted(customer, i % 5 == 0 ? "CSAT" : "NPS", i, 1 + i / 3))
                    .statusCode(201);
        }
        assertThat(pages("/feedback?limit=10&customer=" + customer, () -> arrive(customer, "NPS")))
                .isEqualTo(IntStream.rangeClosed(1, 25).mapToObj(i -> "t" + (26 - i)).toList());
        assertThat(
                        pages(
                                "/feedback?limit=2&metric=CSAT&customer=shop:" + customer,
                                () -> arrive(customer, "CSAT")))
                .containsExactly("t25", "t20", "t15", "t10", "t5");
        assertThat(pages("/feedback?metric=CES&customer=" + customer, () -> {})).isEmpty();
    }

    @Test
    void a_cursor_belongs_to_the_list_and_the_filters_that_gave_it() {
        UUID customer = surroundings.customer();
        UUID other = surroundings.customer();
        for (int i = 0; i < 2; i++) {
            give("{\"customer\": \"%s\", \"metric\": \"NPS\", \"rating\": 5}".formatted(customer))
                    .statusCode(201);
        }
        String next = as(Tokens.agent()).get("/feedback?limit=1&customer=" + customer).path("next");
        for (String list : List.of("customer=" + other, "metric=NPS&customer=" + customer)) {
            as(Tokens.agent())
                    .get("/feedback?after=" + next + "&" + list)
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("invalid-cursor"));
        }
    }

    @Test
    void a_cursor_that_somebody_made_up_names_no_time_that_the_database_cannot_hold() {
        UUID customer = surroundings.customer();
        after(customer, "2026-11-20T10:00:00Z").statusCode(200);
        for (String time :
                List.of(
                        "-0001-12-31T23:59:59Z",
                        "+294277-01-01T00:00:00Z",
                        "+1000000000-12-31T23:59:59.999999999Z")) {
            after(customer, time).statusCode(400).body("code", equalTo("invalid-cursor"));
        }
    }

    @Test
    void what_was_written_can_be_asked_for() {
        UUID customer = surroundings.customer();
        String version =
                give("{\"customer\": \"%s\", \"metric\": \"NPS\", \"rating\": 5}"
                                .formatted(customer))
                        .extract()
                        .header("Rapport-Version");
        as(Tokens.agent())
                .header("Rapport-At-Least", version)
                .get("/feedback?customer=" + customer)
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(1));
    }

    /** Newer than all, and so before the pages that follow. */
    private static void arrive(UUID customer, String metric) {
        give("""
                {"customer": "%s", "metric": "%s", "rating": 3, "touchpoint": "late",
                 "occurredAt": "2026-11-20T10:00:00Z"}"""
                        .formatted(customer, metric))
                .statusCode(201);
    }

    /** The list after a place that only says that it is one. */
    private static ValidatableResponse after(UUID customer, String time) {
        String cursor = Cursor.of(time, Ids.next()).encode("feedback " + customer + " null");
        return as(Tokens.agent()).get("/feedback?customer=" + customer + "&after=" + cursor).then();
    }

    private static List<String> pages(String path, Runnable meanwhile) {
        List<String> touchpoints = new ArrayList<>();
        String next = "";
        while (next != null) {
            JsonPath page =
                    as(Tokens.agent())
                            .get(path + (next.isEmpty() ? "" : "&after=" + next))
                            .then()
                            .statusCode(200)
                            .extract()
                            .jsonPath();
            touchpoints.addAll(page.getList("items.touchpoint", String.class));
            next = page.getString("next");
            meanwhile.run();
        }
        return touchpoints;
    }

    private static List<Message> told(UUID customer, int count) {
        try (Topics topics = Topics.ofSuite()) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> topics.readAll(Topic.FEEDBACK, customer).size() >= count);
            return topics.readAll(Topic.FEEDBACK, customer);
        }
    }
}

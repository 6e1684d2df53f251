package io.rapport.feedback.intake;

import static io.rapport.feedback.Surroundings.as;
import static io.rapport.feedback.Surroundings.give;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.feedback.Surroundings;
import io.rapport.platform.Ids;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.rapport.platform.testing.Topics;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * However often feedback is sent, it counts once: by its source's id, or by the idempotency key.
 */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class TakenOnceTest {

    private Surroundings surroundings;
    private UUID customer;

    @BeforeEach
    void open() {
        surroundings = new Surroundings();
        customer = surroundings.customer();
    }

    @AfterEach
    void close() {
        surroundings.close();
    }

    @Test
    void the_same_again_under_a_sources_id_is_answered_as_before() {
        String body = fromSource(Ids.next(), 4);
        Response first = as(Tokens.agent()).body(body).post("/feedback");
        Response again = as(Tokens.agent()).body(body).post("/feedback");
        first.then().statusCode(201);
        again.then().statusCode(200).header("Rapport-Version", notNullValue());
        assertThat(again.asString()).isEqualTo(first.asString());
        assertCountsOnce();
    }

    @Test
    void the_same_again_by_another_name_of_the_customer_is_answered_as_before() {
        String byId = fromSource(Ids.next(), 4);
        String byIdentity = byId.replace(customer.toString(), "shop:" + customer);
        Response first = as(Tokens.agent()).body(byIdentity).post("/feedback");
        Response again = as(Tokens.agent()).body(byId).post("/feedback");
        first.then().statusCode(201);
        again.then().statusCode(200);
        assertThat(again.asString()).isEqualTo(first.asString());
        assertCountsOnce();
    }

    @Test
    void something_else_under_a_sources_id_is_refused() {
        UUID sourceId = Ids.next();
        as(Tokens.agent()).body(fromSource(sourceId, 4)).post("/feedback").then().statusCode(201);
        as(Tokens.agent())
                .body(fromSource(sourceId, 5))
                .post("/feedback")
                .then()
                .statusCode(409)
                .body("code", equalTo("feedback-differs"));
        as(Tokens.agent())
                .body(
                        fromSource(sourceId, 4)
                                .replace(customer.toString(), surroundings.customer().toString()))
                .post("/feedback")
                .then()
                .statusCode(409);
        assertCountsOnce();
    }

    @Test
    void twenty_at_once_under_a_sources_id_make_one() {
        String body = fromSource(Ids.next(), 4);
        List<Integer> statuses =
                AtOnce.run(
                        20, caller -> as(Tokens.agent()).body(body).post("/feedback").statusCode());
        assertThat(statuses).containsOnly(200, 201).containsOnlyOnce(201);
        assertCountsOnce();
    }

    @Test
    void without_a_sources_id_an_idempotency_key_is_needed() {
        String body =
                "{\"customer\": \"%s\", \"metric\": \"NPS\", \"rating\": 5}".formatted(customer);
        as(Tokens.agent()).body(body).post("/feedback").then().statusCode(400);

        String key = Ids.next().toString();
        Response first =
                as(Tokens.agent()).header("Idempotency-Key", key).body(body).post("/feedback");
        Response again =
                as(Tokens.agent()).header("Idempotency-Key", key).body(body).post("/feedback");
        first.then().statusCode(201);
        again.then().statusCode(201).header("Idempotency-Replayed", "true");
        assertThat(again.asString()).isEqualTo(first.asString());
        as(Tokens.agent())
                .header("Idempotency-Key", key)
                .body(body.replace(": 5}", ": 6}"))
                .post("/feedback")
                .then()
                .statusCode(422);
        assertCountsOnce();
    }

    @Test
    void a_refused_one_leaves_nothing_behind() {
        String key = Ids.next().toString();
        String body = "{\"customer\": \"%s\", \"metric\": \"NPS\", \"rating\": %d}";
        as(Tokens.agent())
                .header("Idempotency-Key", key)
                .body(body.formatted(customer, 11))
                .post("/feedback")
                .then()
                .statusCode(400);
        as(Tokens.agent())
                .header("Idempotency-Key", key)
                .body(body.formatted(customer, 10))
                .post("/feedback")
                .then()
                .statusCode(201);
        assertCountsOnce();
    }

    @Test
    void a_key_and_a_sources_id_together_count_once_too() {
        String body = fromSource(Ids.next(), 4);
        give(body).statusCode(201);
        give(body).statusCode(200);
        assertCountsOnce();
    }

    private String fromSource(UUID sourceId, int rating) {
        return """
                {"customer": "%s", "metric": "CSAT", "rating": %d, "text": "as expected",
                 "source": "web-survey", "sourceId": "%s"}"""
                .formatted(customer, rating, sourceId);
    }

    /** One row and one event. */
    private void assertCountsOnce() {
        as(Tokens.agent())
                .get("/feedback?customer=" + customer)
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(1));
        try (Topics topics = Topics.ofSuite()) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> !topics.readAll(Topic.FEEDBACK, customer).isEmpty());
            assertThat(topics.readAll(Topic.FEEDBACK, customer)).hasSize(1);
        }
    }
}

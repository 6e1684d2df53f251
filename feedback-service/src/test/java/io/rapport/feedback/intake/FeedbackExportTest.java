package io.rapport.feedback.intake;

import static io.rapport.feedback.Surroundings.as;
import static io.rapport.feedback.Surroundings.give;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.feedback.Surroundings;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** All that is held of a customer, for whoever asks for it. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class FeedbackExportTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final Surroundings surroundings = new Surroundings();
    private final Events events = Events.ofSuite();

    @AfterEach
    void close() {
        surroundings.close();
        events.close();
    }

    @Test
    void it_holds_identities_and_feedback_with_what_was_said() {
        UUID customer = surroundings.customer();
        String id = given(customer, "Friendly people.");
        given(surroundings.customer(), "Somebody else's.");

        export("shop:" + customer)
                .then()
                .statusCode(200)
                .header("Rapport-Version", notNullValue())
                .header("Content-Location", nullValue())
                .header("Cache-Control", equalTo("no-store"))
                .body("customer", equalTo(customer.toString()))
                .body("members", contains(customer.toString()))
                .body("identities.source", contains("shop"))
                .body("identities.externalId", contains(customer.toString()))
                .body("feedback.id", contains(id))
                .body("feedback[0].text", equalTo("Friendly people."))
                .body("next", nullValue());
    }

    @Test
    void of_merged_customers_it_holds_all_each_under_its_own_id() {
        UUID survivor = surroundings.customer();
        UUID member = surroundings.customer();
        String one = given(survivor, "One.");
        String two = given(member, "Two.");
        surroundings.merge(member, survivor);
        await().atMost(SOON)
                .until(() -> export(survivor.toString()).<List<?>>path("members").size() == 2);

        export("shop:" + member)
                .then()
                .statusCode(200)
                .header("Content-Location", endsWith("/feedback/customers/" + survivor + "/export"))
                .body("customer", equalTo(survivor.toString()))
                .body("members", containsInAnyOrder(survivor.toString(), member.toString()))
                .body(
                        "identities.externalId",
                        containsInAnyOrder(survivor.toString(), member.toString()))
                .body("feedback.id", containsInAnyOrder(one, two));
    }

    @Test
    void whoever_has_said_nothing_has_an_empty_one_and_nobody_has_none() {
        export(surroundings.customer().toString()).then().statusCode(200).body("feedback", empty());
        export(UUID.randomUUID().toString())
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown-customer"));
    }

    @Test
    void of_an_erased_customer_there_is_none() {
        UUID customer = surroundings.customer();
        events.sendErasure(customer, 2);

        await().atMost(SOON).until(() -> export(customer.toString()).statusCode() == 410);
        export(customer.toString()).then().body("code", equalTo("customer-erased"));
    }

    @Test
    void staff_may_read_it_and_nobody_else() {
        String path = "/feedback/customers/" + surroundings.customer() + "/export";
        for (String token : List.of(Tokens.agent(), Tokens.manager(), Tokens.admin())) {
            as(token).get(path).then().statusCode(200);
        }
        for (String token : List.of(Tokens.partner("shop"), Tokens.customer("somebody"))) {
            as(token).get(path).then().statusCode(403);
        }
    }

    @Test
    void much_is_read_page_by_page_each_once() throws SQLException {
        UUID customer = surroundings.customer();
        int rows = 2_345;
        Databases.asOwner()
                .execute(
                        """
                        INSERT INTO feedback (customer_id, id, metric, rating, occurred_at, recorded_at)
                        SELECT ?, gen_random_uuid(), 'NPS', 9, now() - number / 10 * interval '1 second', now()
                        FROM generate_series(1, ?) AS number""",
                        customer,
                        rows);

        List<String> read = new ArrayList<>();
        String next = null;
        do {
            var request = as(Tokens.agent()).queryParam("limit", 100);
            Response page =
                    (next == null ? request : request.queryParam("after", next))
                            .get("/feedback/customers/" + customer + "/export");
            List<String> ids = page.path("feedback.id");
            assertThat(ids).hasSizeLessThanOrEqualTo(100);
            read.addAll(ids);
            next = page.path("next");
        } while (next != null);
        assertThat(read).hasSize(rows);
        assertThat(new HashSet<>(read)).hasSize(rows);
    }

    private static String given(UUID customer, String text) {
        return give("{\"customer\": \"%s\", \"metric\": \"NPS\", \"rating\": 9, \"text\": \"%s\"}"
                        .formatted(customer, text))
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static Response export(String customer) {
        return as(Tokens.agent()).get("/feedback/customers/{customer}/export", customer);
    }
}

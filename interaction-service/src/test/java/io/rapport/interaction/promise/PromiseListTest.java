package io.rapport.interaction.promise;

import static io.rapport.interaction.InteractionsApi.agent;
import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.newId;
import static io.rapport.interaction.promise.PromisesApi.ids;
import static io.rapport.interaction.promise.PromisesApi.promised;
import static io.rapport.interaction.promise.PromisesApi.read;
import static io.rapport.interaction.promise.PromisesApi.settle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was promised to a customer is listed, due last first. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class PromiseListTest {

    @Inject Clock clock;

    private Customer customer;
    private Instant due;

    @BeforeEach
    void make_somebody() {
        customer = newCustomer();
        due = clock.instant().plus(Duration.ofDays(2)).truncatedTo(ChronoUnit.SECONDS);
    }

    @Test
    void a_list_shows_each_promise_once_due_last_first_and_filters_by_state() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            // Two of them at the same time.
            made.addFirst(promised(customer, due.plusSeconds(i / 2)));
        }
        settle(made.get(1), "KEPT").then().statusCode(200);
        settle(made.get(3), "EXCEEDED").then().statusCode(200);

        assertThat(ids(customer.name(), null)).containsExactlyElementsOf(made);
        assertThat(ids(customer.name(), "OPEN"))
                .containsExactly(made.get(0), made.get(2), made.get(4));
        assertThat(ids(customer.name(), "KEPT")).containsExactly(made.get(1));
        assertThat(ids(customer.name(), "EXCEEDED")).containsExactly(made.get(3));
        assertThat(ids(customer.name(), "BROKEN")).isEmpty();
        assertThat(ids(newCustomer().name(), null)).isEmpty();

        List<String> read = new ArrayList<>();
        String next = null;
        do {
            var request = agent().queryParam("limit", 2);
            Response page =
                    (next == null ? request : request.queryParam("after", next))
                            .get("/interactions/customers/{c}/promises", customer.name());
            read.addAll(page.path("items.id"));
            next = page.path("next");
        } while (next != null);
        assertThat(read).containsExactlyElementsOf(made);
    }

    @Test
    void a_cursor_of_other_filters_or_of_somebody_else_and_an_unknown_state_are_refused() {
        promised(customer, due);
        promised(customer, due);
        String path = "/interactions/customers/{customer}/promises";
        String next = agent().queryParam("limit", 1).get(path, customer.name()).path("next");

        agent().queryParam("after", next)
                .queryParam("state", "OPEN")
                .get(path, customer.name())
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-cursor"));
        agent().queryParam("after", next)
                .get(path, newCustomer().name())
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-cursor"));
        agent().queryParam("state", "LOST").get(path, customer.name()).then().statusCode(400);
        agent().get(path, newId()).then().statusCode(404);
    }
}

package io.rapport.interaction.timeline;

import static io.rapport.interaction.InteractionsApi.agent;
import static io.rapport.interaction.InteractionsApi.list;
import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.post;
import static io.rapport.interaction.InteractionsApi.purchase;
import static io.rapport.interaction.InteractionsApi.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Customers who were merged in customer-service have one timeline until they are unmerged. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class MergedTimelineTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Customer survivor;
    private Customer member;

    @BeforeEach
    void make() {
        survivor = newCustomer();
        member = newCustomer();
    }

    @Test
    void a_merged_customer_answers_as_its_survivor_with_the_facts_of_both() {
        String one = recorded(survivor, "2026-11-18T10:00:00Z");
        String two = recorded(member, "2026-11-19T10:00:00Z");

        merge();
        await().atMost(LIMIT).until(() -> ids(survivor).equals(List.of(two, one)));
        // What comes under a member's name counts at once, and stays with it.
        String three = recorded(member, "2026-11-20T10:00:00Z");
        list(member.name())
                .then()
                .statusCode(200)
                .body("items.id", contains(three, two, one))
                .body("items[0].customer", equalTo(member.id().toString()))
                .header("Content-Location", endsWith("/interactions?customer=" + survivor.id()));
        list(survivor.name()).then().header("Content-Location", nullValue());

        unmerge();
        await().atMost(LIMIT).until(() -> ids(survivor).equals(List.of(one)));
        assertThat(ids(member)).containsExactly(three, two);
    }

    @Test
    void pages_of_merged_customers_show_each_interaction_once() {
        List<String> recorded = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            recorded.add(recorded(survivor, "2026-11-19T10:00:00Z"));
            recorded.add(recorded(member, "2026-11-19T10:00:00Z"));
        }
        merge();
        await().atMost(LIMIT).until(() -> ids(survivor).size() == 8);

        List<String> read = new ArrayList<>();
        String next = null;
        do {
            var request = agent().queryParam("limit", 3);
            if (next != null) {
                request.queryParam("after", next);
            }
            // Either name is one of the same list.
            Customer named = next == null ? survivor : member;
            Response page = request.queryParam("customer", named.name()).get("/interactions");
            read.addAll(page.path("items.id"));
            next = page.path("next");
        } while (next != null);
        assertThat(read).hasSize(8).containsExactlyInAnyOrderElementsOf(recorded);
    }

    private void merge() {
        try (Events events = Events.ofSuite()) {
            events.sendMerge(member.id(), 2, survivor.id());
        }
    }

    private void unmerge() {
        try (Events events = Events.ofSuite()) {
            events.sendSample(Topic.CUSTOMERS, member.id(), 3, "customer.unmerged.v1");
        }
    }

    private static String recorded(Customer customer, String occurredAt) {
        Response made = post(with(purchase(customer), "occurredAt", occurredAt));
        made.then().statusCode(201);
        return made.path("id");
    }

    private static List<String> ids(Customer customer) {
        return list(customer.name()).path("items.id");
    }
}

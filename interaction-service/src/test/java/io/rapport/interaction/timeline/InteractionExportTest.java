package io.rapport.interaction.timeline;

import static io.rapport.interaction.InteractionsApi.agent;
import static io.rapport.interaction.InteractionsApi.as;
import static io.rapport.interaction.InteractionsApi.list;
import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.post;
import static io.rapport.interaction.InteractionsApi.purchase;
import static io.rapport.interaction.InteractionsApi.with;
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
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.interaction.promise.PromisesApi;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** All that is held of a customer, for whoever asks for it. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class InteractionExportTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final Events events = Events.ofSuite();

    @AfterEach
    void close() {
        events.close();
    }

    @Test
    void it_holds_identities_and_interactions_with_all_that_was_said() {
        Customer customer = newCustomer();
        String id =
                post(with(
                                with(purchase(customer), "subject", "Your order"),
                                "text",
                                "Two lanterns."))
                        .path("id");
        String earlier =
                post(with(purchase(customer), "occurredAt", "2026-11-19T10:00:00Z")).path("id");
        post(purchase(newCustomer())).then().statusCode(201);

        export(customer.name())
                .then()
                .statusCode(200)
                .header("Rapport-Version", notNullValue())
                .header("Content-Location", nullValue())
                .header("Cache-Control", equalTo("no-store"))
                .body("customer", equalTo(customer.id().toString()))
                .body("members", contains(customer.id().toString()))
                .body("identities.customer", contains(customer.id().toString()))
                .body("identities.source", contains("shop"))
                .body("identities.externalId", contains(customer.externalId()))
                .body("interactions.id", contains(id, earlier))
                .body("interactions[0].subject", equalTo("Your order"))
                .body("interactions[0].text", equalTo("Two lanterns."))
                .body("interactions[0].sourceId", notNullValue())
                .body("next", nullValue());
    }

    @Test
    void of_merged_customers_it_holds_all_each_under_its_own_id() {
        Customer survivor = newCustomer();
        Customer member = newCustomer();
        String one = post(purchase(survivor)).path("id");
        String two = post(purchase(member)).path("id");
        events.sendMerge(member.id(), 2, survivor.id());
        await().atMost(SOON).until(() -> list(survivor.name()).<List<?>>path("items").size() == 2);

        export(member.name())
                .then()
                .statusCode(200)
                .header(
                        "Content-Location",
                        endsWith("/interactions/customers/" + survivor.id() + "/export"))
                .body("customer", equalTo(survivor.id().toString()))
                .body(
                        "members",
                        containsInAnyOrder(survivor.id().toString(), member.id().toString()))
                .body(
                        "identities.externalId",
                        containsInAnyOrder(survivor.externalId(), member.externalId()))
                .body("interactions.id", containsInAnyOrder(one, two));
    }

    @Test
    void whoever_has_told_nothing_has_an_empty_one_and_nobody_has_none() {
        export(newCustomer().name()).then().statusCode(200).body("interactions", empty());
        export(UUID.randomUUID().toString())
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown-customer"));
    }

    @Test
    void of_an_erased_customer_there_is_none() {
        Customer customer = newCustomer();
        post(purchase(customer)).then().statusCode(201);
        events.sendErasure(customer.id(), 2);

        await().atMost(SOON).until(() -> export(customer.id().toString()).statusCode() == 410);
        export(customer.id().toString()).then().body("code", equalTo("customer-erased"));
    }

    @Test
    void staff_may_read_it_and_nobody_else() {
        Customer customer = newCustomer();
        String path = "/interactions/customers/" + customer.id() + "/export";
        for (String token : List.of(Tokens.agent(), Tokens.manager(), Tokens.admin())) {
            as(token).get(path).then().statusCode(200);
        }
        for (String token : List.of(Tokens.partner("shop"), Tokens.customer("somebody"))) {
            as(token).get(path).then().statusCode(403);
        }
    }

    @Test
    void many_are_read_page_by_page_each_once() throws SQLException {
        Customer customer = newCustomer();
        int rows = 2_345;
        Databases.asOwner()
                .execute(
                        """
                        INSERT INTO interaction (customer_id, id, occurred_at, recorded_at, type, amount_sign,
                                                 channel, direction, source, source_id)
                        SELECT ?, gen_random_uuid(), now() - number / 10 * interval '1 second', now(), 'CALL', 0,
                               'PHONE', 'INBOUND', 'shop', number
                        FROM generate_series(1, ?) AS number""",
                        customer.id(),
                        rows);

        List<String> read = new ArrayList<>();
        String next = null;
        do {
            var request = agent().queryParam("limit", 100);
            Response page =
                    (next == null ? request : request.queryParam("after", next))
                            .get("/interactions/customers/" + customer.id() + "/export");
            List<String> ids = page.path("interactions.id");
            assertThat(ids).hasSizeLessThanOrEqualTo(100);
            read.addAll(ids);
            next = page.path("next");
        } while (next != null);
        assertThat(read).hasSize(rows);
        assertThat(new HashSet<>(read)).hasSize(rows);
    }

    @Test
    void promises_come_after_all_interactions_each_once_whatever_the_page() {
        Customer customer = newCustomer();
        Instant due = Clock.systemUTC().instant().plus(Duration.ofDays(1));
        List<String> promised = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            promised.addFirst(PromisesApi.promised(customer, "MARK " + i, due.plusSeconds(i)));
        }
        for (int limit : List.of(1, 2, 3, 5, 7, 10, 100)) {
            List<String> happened = new ArrayList<>();
            List<String> read = new ArrayList<>();
            String next = null;
            do {
                var request = agent().queryParam("limit", limit);
                Response page =
                        (next == null ? request : request.queryParam("after", next))
                                .get("/interactions/customers/{c}/export", customer.id());
                page.then().statusCode(200);
                List<String> ids = page.path("interactions.id");
                List<String> ofPromises = page.path("promises.id");
                assertThat(ids.size() + ofPromises.size()).isBetween(1, limit);
                happened.addAll(ids);
                read.addAll(ofPromises);
                next = page.path("next");
            } while (next != null);
            assertThat(happened).hasSize(5).doesNotHaveDuplicates();
            assertThat(read).containsExactlyElementsOf(promised);
        }
        export(customer.name())
                .then()
                .body("promises[0].text", equalTo("MARK 4"))
                .body("promises[0].state", equalTo("OPEN"));
    }

    @Test
    void a_cursor_of_the_list_is_none_of_the_export() {
        Customer customer = newCustomer();
        post(purchase(customer)).then().statusCode(201);
        post(purchase(customer)).then().statusCode(201);
        String next =
                agent().queryParam("limit", 1)
                        .queryParam("customer", customer.name())
                        .get("/interactions")
                        .path("next");

        agent().queryParam("after", next)
                .get("/interactions/customers/" + customer.id() + "/export")
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-cursor"));
    }

    private static Response export(String customer) {
        return agent().get("/interactions/customers/{customer}/export", customer);
    }
}

package io.rapport.interaction.intake;

import static io.rapport.interaction.InteractionsApi.agent;
import static io.rapport.interaction.InteractionsApi.as;
import static io.rapport.interaction.InteractionsApi.batch;
import static io.rapport.interaction.InteractionsApi.list;
import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.newId;
import static io.rapport.interaction.InteractionsApi.post;
import static io.rapport.interaction.InteractionsApi.purchase;
import static io.rapport.interaction.InteractionsApi.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.Ids;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is told of a time before its customer was born. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class BirthTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String BIRTHDAY = "1985-12-10";

    /** The last moment before that day begins anywhere, in the easternmost time zone. */
    private static final String BEFORE = "1985-12-09T09:59:59.999999Z";

    private static final String BEGUN = "1985-12-09T10:00:00Z";

    @Test
    void staff_cannot_tell_of_a_time_before_the_birthday_has_begun_anywhere() {
        Customer customer = born();

        for (String token : new String[] {Tokens.agent(), Tokens.manager()}) {
            post(as(token), with(purchase(customer), "occurredAt", BEFORE))
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("invalid-interaction"))
                    .body("errors.pointer", contains("/occurredAt"));
            post(as(token), with(purchase(customer), "occurredAt", BEGUN)).then().statusCode(201);
        }
        list(customer.name()).then().body("items", hasSize(2));
    }

    @Test
    void a_line_of_a_batch_is_refused_alone() {
        Customer customer = born();

        String results =
                batch(
                                json(with(purchase(customer), "occurredAt", BEGUN)),
                                json(with(purchase(customer), "occurredAt", BEFORE)),
                                json(purchase(customer)))
                        .asString();

        assertThat(results.split("\n"))
                .satisfiesExactly(
                        line -> assertThat(line).contains("\"status\":201"),
                        line -> assertThat(line).contains("\"status\":400", "/occurredAt"),
                        line -> assertThat(line).contains("\"status\":201"));
    }

    @Test
    void of_whom_no_birthday_is_known_all_is_recorded_and_stays_the_same_again() {
        Customer customer = newCustomer();
        Map<String, @Nullable Object> told = with(purchase(customer), "occurredAt", BEFORE);
        post(told).then().statusCode(201);

        snapshot(customer, 2);
        await().atMost(SOON).until(() -> post(with(told, "sourceId", newId())).statusCode() == 400);

        post(told).then().statusCode(200);
        assertThat(batch(json(told)).asString()).contains("\"status\":200");
    }

    /** By what is refused a partner could find out a birthday, which it may not see. */
    @Test
    void a_partner_learns_no_birthday_by_telling_of_early_times() {
        Customer customer = born();
        String partner = Tokens.partner("shop");

        post(as(partner), with(purchase(customer), "occurredAt", BEFORE)).then().statusCode(201);
        assertThat(
                        batch(as(partner), json(with(purchase(customer), "occurredAt", BEFORE)))
                                .asString())
                .contains("\"status\":201");
    }

    @Test
    void the_birthday_is_in_the_export_and_goes_with_the_customer() {
        Customer customer = born();
        String export = "/interactions/customers/" + customer.id() + "/export";
        agent().get(export)
                .then()
                .statusCode(200)
                .body("birthdays.customer", contains(customer.id().toString()))
                .body("birthdays.birthday", contains(BIRTHDAY));

        try (Events events = Events.ofSuite()) {
            events.sendErasure(customer.id(), 2);
        }
        await().atMost(SOON).until(() -> agent().get(export).statusCode() == 410);
        await().atMost(SOON)
                .until(
                        () ->
                                Databases.asOwner()
                                                .number(
                                                        """
                                                        SELECT count(*) FROM directory_customer_by_generation
                                                        WHERE customer_id = ? AND birthday IS NOT NULL""",
                                                        customer.id())
                                        == 0);
    }

    private static Customer born() {
        Customer customer = new Customer(Ids.next(), newId());
        snapshot(customer, 1);
        await().atMost(SOON).until(() -> list(customer.name()).statusCode() == 200);
        return customer;
    }

    private static void snapshot(Customer customer, long version) {
        try (Events events = Events.ofSuite()) {
            if (version == 1) {
                events.send(
                        Topic.CUSTOMERS,
                        customer.id(),
                        1,
                        "customer.registered.v1",
                        "{\"kind\": \"PERSON\"}");
            }
            events.send(
                    Topic.PROFILES,
                    customer.id(),
                    version,
                    Events.snapshotType(Topic.PROFILES),
                    """
                    {"status": "ACTIVE", "kind": "PERSON", "birthday": "%s",
                     "identities": [{"source": "shop", "externalId": "%s"}]}"""
                            .formatted(BIRTHDAY, customer.externalId()));
        }
    }

    private static String json(Map<String, @Nullable Object> interaction) {
        try {
            return new ObjectMapper().writeValueAsString(interaction);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}

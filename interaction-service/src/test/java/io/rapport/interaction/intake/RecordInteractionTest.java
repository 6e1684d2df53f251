package io.rapport.interaction.intake;

import static io.rapport.interaction.InteractionsApi.get;
import static io.rapport.interaction.InteractionsApi.list;
import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.newId;
import static io.rapport.interaction.InteractionsApi.post;
import static io.rapport.interaction.InteractionsApi.purchase;
import static io.rapport.interaction.InteractionsApi.register;
import static io.rapport.interaction.InteractionsApi.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.Ids;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.response.Response;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * One interaction is recorded once, however often and by whichever name of the customer it is sent.
 */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class RecordInteractionTest {

    @Test
    void a_new_one_is_recorded_and_answered_as_it_will_be_read() {
        Customer customer = newCustomer();
        Map<String, @Nullable Object> told =
                with(purchase(customer), "text", "Two lanterns, please.");

        Response answer = post(told);

        String id = answer.path("id");
        answer.then()
                .statusCode(201)
                .header("Location", endsWith("/interactions/" + id))
                .header(
                        "Rapport-Version",
                        startsWith("interaction-service/" + customer.id() + "/1"))
                .body("customer", equalTo(customer.id().toString()))
                .body("source", equalTo("shop"))
                .body("sourceId", equalTo(told.get("sourceId")))
                .body("type", equalTo("PURCHASE"))
                .body("channel", equalTo("WEB"))
                .body("direction", equalTo("INBOUND"))
                .body("touchpoint", equalTo("checkout"))
                .body("amount", equalTo(Map.of("amount", "12.50", "currency", "GBP")))
                .body("occurredAt", equalTo("2026-11-20T09:14:05.250Z"))
                .body("text", equalTo("Two lanterns, please."))
                .body("$", not(hasKey("subject")));
        assertThat(get(id).asString()).isEqualTo(answer.asString());
    }

    @Test
    void the_same_again_gets_the_first_answer_and_a_version_that_shows_it() {
        Customer customer = newCustomer();
        Map<String, @Nullable Object> told = with(purchase(customer), "subject", "Your order");
        Response first = post(told);
        post(purchase(customer)).then().statusCode(201);

        Response again = post(told);

        again.then().statusCode(200);
        assertThat(again.asString()).isEqualTo(first.asString());
        assertThat(again.header("Rapport-Version"))
                .contains("interaction-service/" + customer.id() + "/2");
        assertThat(list(customer.name()).<Integer>path("items.size()")).isEqualTo(2);
    }

    @Test
    void the_same_again_by_another_name_of_the_customer_is_the_same() {
        Customer customer = newCustomer();
        Map<String, @Nullable Object> told = purchase(customer);
        post(told).then().statusCode(201);

        post(with(told, "customer", customer.id())).then().statusCode(200);
        post(with(told, "amount", Map.of("amount", "12.5", "currency", "GBP")))
                .then()
                .statusCode(200);
    }

    @Test
    void something_else_under_the_same_id_is_a_conflict_and_changes_nothing() {
        Customer customer = newCustomer();
        Customer another = newCustomer();
        Map<String, @Nullable Object> told = with(purchase(customer), "text", "Two lanterns.");
        Response first = post(told);

        differs(post(with(told, "text", "Three lanterns.")));
        differs(post(with(told, "text", null)));
        differs(post(with(told, "amount", Map.of("amount", "12.51", "currency", "GBP"))));
        differs(post(with(told, "customer", another.name())));

        assertThat(get(first.path("id")).asString()).isEqualTo(first.asString());
        list(another.name()).then().body("items.size()", equalTo(0));
    }

    private static void differs(Response answer) {
        answer.then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("code", equalTo("interaction-differs"));
    }

    @Test
    void the_same_id_of_another_source_is_another_interaction() {
        Customer customer = newCustomer();
        Map<String, @Nullable Object> told = purchase(customer);

        post(told).then().statusCode(201);
        post(with(told, "source", "till")).then().statusCode(201);
    }

    @Test
    void a_customer_who_was_registered_a_moment_ago_is_waited_for() {
        Customer customer = new Customer(Ids.next(), newId());
        CompletableFuture<Response> answer =
                CompletableFuture.supplyAsync(() -> post(purchase(customer)));

        register(customer);

        answer.join().then().statusCode(201).body("customer", equalTo(customer.id().toString()));
    }

    @Test
    void an_unknown_customer_is_told_after_the_wait() {
        Customer nobody = new Customer(Ids.next(), newId());

        post(purchase(nobody)).then().statusCode(404).body("code", equalTo("unknown-customer"));
        post(with(purchase(nobody), "customer", nobody.id()))
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown-customer"));
    }

    @Test
    void text_of_100_000_bytes_with_markup_is_kept_as_it_is() {
        String text = "<script>alert('ü')</script>".repeat(3571) + "x".repeat(12);
        Response answer = post(with(purchase(newCustomer()), "text", text));

        answer.then().statusCode(201);
        get(answer.path("id")).then().contentType("application/json").body("text", equalTo(text));
    }
}

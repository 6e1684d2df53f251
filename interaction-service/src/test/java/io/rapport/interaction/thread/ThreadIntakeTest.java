package io.rapport.interaction.thread;

import static io.rapport.interaction.InteractionsApi.batch;
import static io.rapport.interaction.InteractionsApi.get;
import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.newId;
import static io.rapport.interaction.InteractionsApi.post;
import static io.rapport.interaction.InteractionsApi.with;
import static io.rapport.interaction.thread.ThreadsApi.call;
import static io.rapport.interaction.thread.ThreadsApi.merge;
import static io.rapport.interaction.thread.ThreadsApi.opened;
import static io.rapport.interaction.thread.ThreadsApi.shown;
import static io.rapport.interaction.thread.ThreadsApi.status;
import static io.rapport.interaction.thread.ThreadsApi.threads;
import static io.rapport.interaction.thread.ThreadsApi.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.response.Response;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever records an interaction says to which thread it belongs. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ThreadIntakeTest {

    @Test
    void a_new_thread_is_opened_and_later_interactions_come_into_it() {
        Customer customer = newCustomer();

        Response first = post(with(call(customer, 10), "thread", "new"));

        first.then().statusCode(201);
        String id = first.path("thread");
        assertThat(status(id)).isEqualTo("WAITING_FOR_US");
        Response second = post(with(turn(customer, "OUTBOUND", 20), "thread", id));
        second.then().statusCode(201).body("thread", equalTo(id));
        assertThat(status(id)).isEqualTo("WAITING_FOR_CUSTOMER");
        assertThat(shown(customer, id))
                .containsExactly(second.path("id"), first.<String>path("id"));
        assertThat(get(first.path("id")).asString()).isEqualTo(first.asString());
    }

    @Test
    void the_same_again_opens_no_second_one_and_another_thread_is_something_else() {
        Customer customer = newCustomer();
        Map<String, @Nullable Object> told = with(call(customer, 10), "thread", "new");
        String id = post(told).path("thread");

        post(told).then().statusCode(200).body("thread", equalTo(id));
        post(with(told, "thread", id)).then().statusCode(409);
        post(with(told, "thread", null)).then().statusCode(409);
        threads(customer.name()).then().body("items", hasSize(1));
    }

    @Test
    void a_thread_that_was_merged_takes_in_for_the_other_one() {
        Customer customer = newCustomer();
        String one = opened(customer, 10);
        String other = opened(customer, 11);
        merge(one, other).then().statusCode(200);

        String late = post(with(call(customer, 20), "thread", other)).path("id");

        assertThat(shown(customer, one)).hasSize(3).startsWith(late);
    }

    @Test
    void a_thread_of_another_customer_is_unknown_as_one_that_is_not_there() {
        String others = opened(newCustomer(), 10);
        Customer customer = newCustomer();
        String partner = Tokens.partner("shop");

        Response foreign =
                post(InteractionsApi.as(partner), with(call(customer, 20), "thread", others));
        Response none =
                post(InteractionsApi.as(partner), with(call(customer, 20), "thread", newId()));

        foreign.then().statusCode(404).body("code", equalTo("unknown-thread"));
        assertThat(foreign.<String>path("detail")).isEqualTo(none.path("detail"));
        InteractionsApi.list(customer.name()).then().body("items", empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NEW", "open", "1", "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b5"})
    void what_is_neither_an_id_nor_new_is_refused(String thread) {
        post(with(call(newCustomer(), 10), "thread", thread))
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/thread"));
    }

    @Test
    void a_line_with_a_bad_thread_holds_back_no_other_line_of_a_batch() {
        Customer customer = newCustomer();
        String id = opened(customer, 10);

        Response results =
                batch(
                        json(with(call(customer, 11), "thread", id)),
                        json(with(call(customer, 12), "thread", newId())),
                        json(with(turn(customer, "OUTBOUND", 13), "thread", id)),
                        json(with(call(newCustomer(), 14), "thread", "new")),
                        json(with(call(newCustomer(), 15), "thread", null)));

        assertThat(results.asString().split("\n"))
                .satisfiesExactly(
                        line -> assertThat(line).contains("\"status\":201"),
                        line -> assertThat(line).contains("\"status\":404", "unknown-thread"),
                        line -> assertThat(line).contains("\"status\":201"),
                        line -> assertThat(line).contains("\"status\":201"),
                        line -> assertThat(line).contains("\"status\":201"));
        assertThat(shown(customer, id)).hasSize(3);
        assertThat(status(id)).isEqualTo("WAITING_FOR_CUSTOMER");
    }

    @Test
    void who_says_nothing_of_a_thread_gets_none() {
        Customer customer = newCustomer();

        post(call(customer, 10)).then().statusCode(201).body("thread", nullValue());

        threads(customer.name()).then().body("items", empty());
    }

    private static String json(Object interaction) {
        try {
            return Objects.requireNonNull(new ObjectMapper().writeValueAsString(interaction));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}

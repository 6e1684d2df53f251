package io.rapport.interaction.thread;

import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.newId;
import static io.rapport.interaction.thread.ThreadsApi.added;
import static io.rapport.interaction.thread.ThreadsApi.call;
import static io.rapport.interaction.thread.ThreadsApi.merge;
import static io.rapport.interaction.thread.ThreadsApi.opened;
import static io.rapport.interaction.thread.ThreadsApi.operations;
import static io.rapport.interaction.thread.ThreadsApi.recorded;
import static io.rapport.interaction.thread.ThreadsApi.shown;
import static io.rapport.interaction.thread.ThreadsApi.split;
import static io.rapport.interaction.thread.ThreadsApi.status;
import static io.rapport.interaction.thread.ThreadsApi.thread;
import static io.rapport.interaction.thread.ThreadsApi.threads;
import static io.rapport.interaction.thread.ThreadsApi.turn;
import static io.rapport.interaction.thread.ThreadsApi.undo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is another matter gets a thread of its own, and comes back when that is undone. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class SplitTest {

    private Customer customer;
    private String id;
    private String first;
    private String answer;
    private String question;

    @BeforeEach
    void open() {
        customer = newCustomer();
        id = opened(customer, 10);
        first = shown(customer, id).getFirst();
        answer = added(id, turn(customer, "OUTBOUND", 20));
        question = added(id, call(customer, 30));
    }

    @Test
    void each_thread_has_what_is_its_own_and_waits_for_whom_its_newest_turn_says() {
        Response done = split(id, question, question);

        done.then().statusCode(200).body("kind", equalTo("SPLIT")).body("thread", equalTo(id));
        String other = done.path("other");
        assertThat(shown(customer, other)).containsExactly(question);
        assertThat(shown(customer, id)).containsExactly(answer, first);
        assertThat(status(other)).isEqualTo("WAITING_FOR_US");
        assertThat(status(id)).isEqualTo("WAITING_FOR_CUSTOMER");
        threads(customer.name()).then().body("items.id", contains(other, id));
    }

    @Test
    void what_staff_said_of_a_thread_stays_where_its_newest_turn_stays() {
        turn(id, "OPEN").then().statusCode(200);

        String other = split(id, answer).path("other");

        assertThat(status(id)).isEqualTo("OPEN");
        assertThat(status(other)).isEqualTo("WAITING_FOR_CUSTOMER");
        turn(id, "SOLVED").then().statusCode(200);
        assertThat(status(split(id, first).path("other"))).isEqualTo("SOLVED");
        assertThat(status(id)).isEqualTo("SOLVED");
    }

    @Test
    void undone_everything_is_where_it_was_and_the_new_thread_answers_as_the_old_one() {
        Response before = thread(id);
        List<String> all = shown(customer, id);
        Response done = split(id, question, answer);
        String other = done.path("other");

        undo(id, done.path("id")).then().statusCode(200).body("kind", equalTo("UNDONE"));

        assertThat(shown(customer, id)).isEqualTo(all);
        assertThat(shown(customer, other)).isEqualTo(all);
        thread(id)
                .then()
                .body("status", equalTo(before.path("status")))
                .body("statusSince", equalTo(before.path("statusSince")));
        threads(customer.name()).then().body("items.id", contains(id));
        operations(id).then().body("items.undone", contains(false, true));
        assertThat(shown(customer, split(id, question).path("other"))).containsExactly(question);
    }

    @Test
    void undone_after_more_has_come_nothing_that_waits_for_us_is_forgotten() {
        Response done = split(id, question);
        added(id, turn(customer, "OUTBOUND", 40));

        undo(id, done.path("id")).then().statusCode(200);

        assertThat(status(id)).isEqualTo("WAITING_FOR_US");
        assertThat(shown(customer, id)).hasSize(4);
    }

    @Test
    void out_of_merged_threads_each_goes_back_to_the_one_that_it_was_in() {
        String merged = opened(customer, 40);
        String theirs = shown(customer, merged).getFirst();
        String merge = merge(id, merged).path("id");
        Response done = split(id, theirs, question);
        assertThat(shown(customer, id)).containsExactly(answer, first);

        undo(id, done.path("id")).then().statusCode(200);
        undo(id, merge).then().statusCode(200);

        assertThat(shown(customer, merged)).containsExactly(theirs);
        assertThat(shown(customer, id)).containsExactly(question, answer, first);
    }

    @Test
    void what_has_become_more_since_is_not_undone() {
        Response done = split(id, question);
        String other = done.path("other");
        added(other, call(customer, 40));

        undo(id, done.path("id"))
                .then()
                .statusCode(409)
                .body("code", equalTo("operation-overtaken"));

        Response again = split(id, answer);
        merge(again.path("other"), other).then().statusCode(200);
        undo(id, again.path("id"))
                .then()
                .statusCode(409)
                .body("code", equalTo("operation-overtaken"));
        assertThat(shown(customer, other)).hasSize(3);
    }

    @Test
    void a_split_leaves_something_and_takes_only_what_is_in_the_thread() {
        String version = thread(id).header("ETag");
        String elsewhere = shown(customer, opened(customer, 50)).getFirst();
        String nowhere = recorded(call(customer, 51));

        split(id, first, answer, question)
                .then()
                .statusCode(422)
                .body("code", equalTo("split-leaves-nothing"));
        split(id, first, elsewhere, nowhere, newId())
                .then()
                .statusCode(422)
                .body("code", equalTo("interaction-not-in-thread"))
                .body(
                        "errors.pointer",
                        contains("/interactions/1", "/interactions/2", "/interactions/3"));
        assertThat(thread(id).header("ETag")).isEqualTo(version);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"interactions\": []}",
                "{\"interactions\": [null]}",
                "{\"interactions\": \"all\"}"
            })
    void what_cannot_be_meant_is_refused(String body) {
        ThreadsApi.post(newId(), "/" + id + "/splits", body).then().statusCode(400);
    }

    @Test
    void more_than_a_thread_can_hold_is_not_read() {
        List<String> many = Stream.generate(() -> newId()).limit(1_001).toList();

        ThreadsApi.post(newId(), "/" + id + "/splits", Map.of("interactions", many))
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/interactions"));
    }
}

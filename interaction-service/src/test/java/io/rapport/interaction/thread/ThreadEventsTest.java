package io.rapport.interaction.thread;

import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.post;
import static io.rapport.interaction.InteractionsApi.with;
import static io.rapport.interaction.thread.ThreadsApi.added;
import static io.rapport.interaction.thread.ThreadsApi.call;
import static io.rapport.interaction.thread.ThreadsApi.merge;
import static io.rapport.interaction.thread.ThreadsApi.opened;
import static io.rapport.interaction.thread.ThreadsApi.shown;
import static io.rapport.interaction.thread.ThreadsApi.split;
import static io.rapport.interaction.thread.ThreadsApi.turn;
import static io.rapport.interaction.thread.ThreadsApi.undo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Samples;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Topics;
import io.rapport.platform.testing.Topics.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What an independent client of the topic learns of threads. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ThreadEventsTest {

    @Test
    void a_thread_is_opened_solved_and_reopened_and_nothing_else_is_told() {
        Customer customer = newCustomer();
        String id = opened(customer, 10);
        added(id, turn(customer, "OUTBOUND", 20));
        turn(id, "SOLVED").then().statusCode(200);
        added(id, turn(customer, "OUTBOUND", 25));
        added(id, call(customer, 30));
        turn(id, "OPEN").then().statusCode(200);

        List<Message> events = events(customer, 3);

        assertThat(types(events))
                .containsExactly("thread-opened", "thread-solved", "thread-reopened");
        assertAsSampled(events);
        assertThat(events)
                .allSatisfy(
                        event -> {
                            assertThat(event.key()).isEqualTo(customer.id().toString());
                            assertThat(event.value()).contains("\"thread\":\"" + id + "\"");
                        });
    }

    @Test
    void merges_and_splits_are_told_so_that_open_threads_can_be_counted() {
        Customer customer = newCustomer();
        String one = opened(customer, 10);
        String other = opened(customer, 20);
        turn(one, "SOLVED").then().statusCode(200);
        String merge = merge(one, other).path("id");
        undo(one, merge).then().statusCode(200);
        added(other, call(customer, 30));
        String first = shown(customer, other).getLast();
        String split = split(other, first).path("id");
        undo(other, split).then().statusCode(200);

        List<Message> events = events(customer, 9);

        assertThat(types(events))
                .containsExactly(
                        "thread-opened",
                        "thread-opened",
                        "thread-solved",
                        "thread-merged",
                        "thread-reopened",
                        "thread-unmerged",
                        "thread-solved",
                        "thread-opened",
                        "thread-merged");
        assertAsSampled(events);
    }

    @Test
    void what_is_solved_when_it_comes_in_is_opened_and_solved_after_it_was_recorded() {
        Customer customer = newCustomer();
        post(with(with(call(customer, 10), "outcome", "SOLVED"), "thread", "new"))
                .then()
                .statusCode(201);

        List<Message> all = new ArrayList<>();
        try (Topics topics = Topics.ofSuite()) {
            all.addAll(
                    await().atMost(Duration.ofSeconds(20))
                            .until(
                                    () -> topics.readAll(Topic.INTERACTIONS, customer.id()),
                                    messages -> messages.size() >= 3));
        }
        assertThat(all)
                .extracting(event -> event.header("ce_type"))
                .containsExactly(
                        "interaction.recorded.v1",
                        "interaction.thread-opened.v1",
                        "interaction.thread-solved.v1");
        assertThat(all)
                .extracting(event -> event.header("ce_customersequence"))
                .containsExactly("1", "2", "3");
    }

    private static void assertAsSampled(List<Message> events) {
        events.forEach(
                event ->
                        Samples.assertSameShape(
                                Objects.requireNonNull(event.header("ce_type")),
                                Objects.requireNonNull(event.value())));
    }

    private static List<String> types(List<Message> events) {
        return events.stream()
                .map(event -> Objects.requireNonNull(event.header("ce_type")))
                .map(type -> type.substring("interaction.".length(), type.length() - 3))
                .toList();
    }

    private static List<Message> events(Customer customer, int count) {
        try (Topics topics = Topics.ofSuite()) {
            return await().atMost(Duration.ofSeconds(20))
                    .until(
                            () ->
                                    topics.readAll(Topic.INTERACTIONS, customer.id()).stream()
                                            .filter(ThreadEventsTest::isOfThread)
                                            .toList(),
                            messages -> messages.size() >= count);
        }
    }

    private static boolean isOfThread(Message message) {
        return String.valueOf(message.header("ce_type")).startsWith("interaction.thread-");
    }
}

package io.rapport.interaction.thread;

import static io.rapport.interaction.InteractionsApi.agent;
import static io.rapport.interaction.InteractionsApi.list;
import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.thread.ThreadsApi.added;
import static io.rapport.interaction.thread.ThreadsApi.call;
import static io.rapport.interaction.thread.ThreadsApi.merge;
import static io.rapport.interaction.thread.ThreadsApi.open;
import static io.rapport.interaction.thread.ThreadsApi.opened;
import static io.rapport.interaction.thread.ThreadsApi.shown;
import static io.rapport.interaction.thread.ThreadsApi.status;
import static io.rapport.interaction.thread.ThreadsApi.turn;
import static io.rapport.interaction.thread.ThreadsApi.undo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.SuiteResource;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Customers and threads that were one, and are not any more. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ApartTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void what_was_put_into_anothers_thread_is_free_again_when_their_customers_are_two() {
        Customer survivor = newCustomer();
        Customer member = newCustomer();
        String theirs = opened(survivor, 10);
        String late = unmergedAfter(survivor, member, theirs);

        assertThat(shown(survivor, theirs)).hasSize(1);
        agent().get("/interactions/customers/{customer}/export", member.id())
                .then()
                .statusCode(200)
                .body("threads", empty());
        String own = open(late).path("id");
        assertThat(shown(member, own)).containsExactly(late);
        agent().get("/interactions/customers/{customer}/export", member.id())
                .then()
                .body("threads.id", contains(own));
        open(late).then().statusCode(409);
    }

    /** Answers the interaction of the member that came into the survivor's thread. */
    private static String unmergedAfter(Customer survivor, Customer member, String thread) {
        try (Events events = Events.ofSuite()) {
            events.sendMerge(member.id(), 2, survivor.id());
            await().atMost(SOON)
                    .until(() -> list(member.name()).<List<?>>path("items").size() == 1);
            String late = added(thread, call(member, 20));
            events.sendSample(Topic.CUSTOMERS, member.id(), 3, "customer.unmerged.v1");
            await().atMost(SOON)
                    .until(() -> list(survivor.name()).<List<?>>path("items").size() == 1);
            return late;
        }
    }

    /** The reply was to the other one's question. */
    @Test
    void a_question_that_was_not_answered_still_waits_when_its_thread_is_apart_again() {
        Customer customer = newCustomer();
        String one = opened(customer, 10);
        String other = opened(customer, 20);
        String operation = merge(one, other).path("id");
        added(other, turn(customer, "OUTBOUND", 30));
        assertThat(status(one)).isEqualTo("WAITING_FOR_CUSTOMER");

        undo(one, operation).then().statusCode(200);

        assertThat(status(one)).isEqualTo("WAITING_FOR_US");
        assertThat(status(other)).isEqualTo("WAITING_FOR_CUSTOMER");
    }
}

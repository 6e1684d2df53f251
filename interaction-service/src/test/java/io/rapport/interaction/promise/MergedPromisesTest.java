package io.rapport.interaction.promise;

import static io.rapport.interaction.InteractionsApi.agent;
import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.promise.PromisesApi.SOON;
import static io.rapport.interaction.promise.PromisesApi.ids;
import static io.rapport.interaction.promise.PromisesApi.promised;
import static io.rapport.interaction.promise.PromisesApi.read;
import static io.rapport.interaction.promise.PromisesApi.settle;
import static io.rapport.interaction.promise.PromisesApi.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.SuiteResource;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Promises of customers who were merged stay on the id that they arrived on. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class MergedPromisesTest {

    @Inject Clock clock;

    private final Events events = Events.ofSuite();

    @AfterEach
    void close() {
        events.close();
    }

    @Test
    void all_are_one_list_while_they_are_merged_and_each_has_its_own_after() {
        Customer survivor = newCustomer();
        Customer member = newCustomer();
        Instant due = clock.instant().plus(Duration.ofDays(1));
        String first = promised(survivor, due);
        String second = promised(member, due.plusSeconds(1));

        events.sendMerge(member.id(), 2, survivor.id());
        await().atMost(SOON).until(() -> ids(survivor.name(), null).equals(List.of(second, first)));
        agent().get("/interactions/customers/{customer}/promises", member.name())
                .then()
                .statusCode(200)
                .header(
                        "Content-Location",
                        endsWith("/interactions/customers/" + survivor.id() + "/promises"))
                .body("items[0].customer", equalTo(member.id().toString()));
        agent().get("/interactions/customers/{customer}/promises", survivor.name())
                .then()
                .header("Content-Location", nullValue());
        settle(second, "KEPT").then().statusCode(200);
        String third = promised(member, due.plusSeconds(2));
        assertThat(ids(survivor.name(), "OPEN")).containsExactly(third, first);

        events.sendSample(Topic.CUSTOMERS, member.id(), 3, "customer.unmerged.v1");
        await().atMost(SOON).until(() -> ids(survivor.name(), null).equals(List.of(first)));
        assertThat(ids(member.name(), null)).containsExactly(third, second);
        read(second).then().body("customer", equalTo(member.id().toString()));
        assertThat(told(member.id(), 3)).hasSize(3);
        assertThat(told(survivor.id(), 1)).hasSize(1);
    }
}

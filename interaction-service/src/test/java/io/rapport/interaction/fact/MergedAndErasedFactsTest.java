package io.rapport.interaction.fact;

import static io.rapport.interaction.InteractionsApi.agent;
import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.fact.FactsApi.KEY;
import static io.rapport.interaction.fact.FactsApi.SOON;
import static io.rapport.interaction.fact.FactsApi.correct;
import static io.rapport.interaction.fact.FactsApi.events;
import static io.rapport.interaction.fact.FactsApi.forget;
import static io.rapport.interaction.fact.FactsApi.ids;
import static io.rapport.interaction.fact.FactsApi.interaction;
import static io.rapport.interaction.fact.FactsApi.read;
import static io.rapport.interaction.fact.FactsApi.stated;
import static io.rapport.interaction.fact.FactsApi.tell;
import static io.rapport.interaction.fact.FactsApi.told;
import static io.rapport.interaction.fact.FactsApi.versions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.Holdings;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Facts stay on the customer on whom they arrived, and lose what they say when it is erased. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class MergedAndErasedFactsTest {

    private final Events events = Events.ofSuite();

    @AfterEach
    void close() {
        events.close();
    }

    @Test
    void all_are_one_list_while_they_are_merged_and_each_has_its_own_after() {
        Customer survivor = newCustomer();
        Customer member = newCustomer();
        Instant at = Instant.parse("2026-11-20T10:00:00Z");
        String first = told(interaction(survivor, at), KEY, "Four");
        String second = told(interaction(member, at.plusSeconds(1)), KEY, "Five");

        events.sendMerge(member.id(), 2, survivor.id());
        await().atMost(SOON).until(() -> ids(survivor.name()).equals(List.of(second, first)));
        agent().get("/interactions/customers/{customer}/facts", member.name())
                .then()
                .statusCode(200)
                .header(
                        "Content-Location",
                        endsWith("/interactions/customers/" + survivor.id() + "/facts"))
                .body("items[0].customer", equalTo(member.id().toString()));
        agent().get("/interactions/customers/{customer}/facts", survivor.name())
                .then()
                .header("Content-Location", nullValue());

        events.sendSample(Topic.CUSTOMERS, member.id(), 3, "customer.unmerged.v1");
        await().atMost(SOON).until(() -> ids(survivor.name()).equals(List.of(first)));
        assertThat(ids(member.name())).containsExactly(second);
    }

    @Test
    void what_one_of_them_has_forgotten_is_not_known_of_the_other_either() {
        Customer survivor = newCustomer();
        Customer member = newCustomer();
        Instant at = Instant.parse("2026-11-20T10:00:00Z");
        String older = told(interaction(member, at), KEY, "Four");
        String newer = told(interaction(survivor, at.plusSeconds(1)), KEY, "Five");
        events.sendMerge(member.id(), 2, survivor.id());
        await().atMost(SOON).until(() -> ids(survivor.name()).equals(List.of(newer, older)));

        forget(newer).then().statusCode(200);

        assertThat(ids(survivor.name())).isEmpty();
        assertThat(events(member.id(), 2)).hasSize(2);
        assertThat(events(survivor.id(), 2)).hasSize(2);
    }

    @Test
    void an_erasure_takes_what_all_versions_said_and_leaves_their_figures() throws SQLException {
        Customer customer = newCustomer();
        String mark = "MARK-" + UUID.randomUUID();
        String fact = told(customer, "Four " + mark);
        correct(fact, 1, "Five " + mark).then().statusCode(200);
        assertThat(Holdings.of(mark)).contains("fact_version_text");

        erase(customer);

        assertThat(Holdings.of(mark)).isEmpty();
        read(fact).then().statusCode(410);
        versions(fact).then().statusCode(410);
        forget(fact).then().statusCode(410);
        correct(fact, 2, "Six").then().statusCode(410).body("code", equalTo("customer-erased"));
        assertThat(
                        Databases.asOwner()
                                .number(
                                        "SELECT count(*) FROM fact_version WHERE customer_id = ?",
                                        customer.id()))
                .isEqualTo(2);
    }

    /** The row of customer_sequence, which each write and the erasure lock, holds it. */
    @Test
    void what_is_told_meanwhile_is_erased_too_or_refused() throws SQLException {
        Customer customer = newCustomer();
        String mark = "MARK-" + UUID.randomUUID();
        List<String> interactions =
                IntStream.range(0, 60).mapToObj(i -> interaction(customer)).toList();

        List<Integer> lasts =
                AtOnce.run(
                        5,
                        caller -> {
                            if (caller == 0) {
                                erase(customer);
                                return 410;
                            }
                            int last = 201;
                            for (int i = caller - 1; last == 201 && i < 60; i += 4) {
                                Response told = tell(interactions.get(i), stated(KEY, mark));
                                last = told.statusCode();
                                if (last == 201) {
                                    int then = correct(told.path("id"), 1, mark + "!").statusCode();
                                    last = then == 200 ? 201 : then;
                                }
                            }
                            return last;
                        });

        assertThat(lasts).isSubsetOf(201, 410);
        assertThat(Holdings.of(mark)).isEmpty();
    }

    /** Returns when it is confirmed: the reaction has done its work. */
    private static void erase(Customer customer) {
        try (Events sender = Events.ofSuite()) {
            sender.sendErasure(customer.id(), 2);
        }
        events(customer.id(), "interaction.customer-erased.", 1);
    }
}

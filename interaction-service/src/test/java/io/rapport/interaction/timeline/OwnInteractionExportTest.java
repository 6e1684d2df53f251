package io.rapport.interaction.timeline;

import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.post;
import static io.rapport.interaction.InteractionsApi.purchase;
import static io.rapport.interaction.InteractionsApi.with;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.OwnExport;
import io.rapport.platform.testing.SuiteResource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** All that is held of a customer, for the customer. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class OwnInteractionExportTest {

    private final Events events = Events.ofSuite();
    private final OwnExport own =
            new OwnExport("/me/interactions/export", "interactions.text", events);

    @AfterEach
    void close() {
        events.close();
    }

    @Test
    void customers_read_their_own_and_nobody_elses() {
        Customer mine = newCustomer();
        Customer theirs = newCustomer();
        recorded(mine, "Two lanterns.", "2026-11-20T10:00:00Z");
        recorded(mine, "A kettle.", "2026-11-19T10:00:00Z");
        recorded(theirs, "A third thing.", "2026-11-20T10:00:00Z");

        own.isOnlyOnesOwn(
                mine.id(),
                List.of("Two lanterns.", "A kettle."),
                theirs.id(),
                List.of("A third thing."));
    }

    @Test
    void the_login_of_one_who_was_merged_reads_what_is_held_of_all() {
        own.isOfAllWhoWereMerged(newCustomer().id(), newCustomer().id());
    }

    @Test
    void a_login_that_is_nobodys_and_that_of_one_who_was_erased_read_nothing() {
        own.isOfNobodyElse(newCustomer().id());
    }

    @Test
    void nobody_but_customers_may_ask_for_their_own() {
        own.isForCustomersOnly();
    }

    private static void recorded(Customer customer, String text, String occurredAt) {
        post(with(
                        with(
                                with(purchase(customer), "customer", customer.id().toString()),
                                "text",
                                text),
                        "occurredAt",
                        occurredAt))
                .then()
                .statusCode(201);
    }
}

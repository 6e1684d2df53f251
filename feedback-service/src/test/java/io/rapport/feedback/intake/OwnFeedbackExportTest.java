package io.rapport.feedback.intake;

import static io.rapport.feedback.Surroundings.give;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.feedback.Surroundings;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.OwnExport;
import io.rapport.platform.testing.SuiteResource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** All that is held of a customer, for the customer. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class OwnFeedbackExportTest {

    private final Surroundings surroundings = new Surroundings();
    private final Events events = Events.ofSuite();
    private final OwnExport own = new OwnExport("/me/feedback/export", "feedback.text", events);

    @AfterEach
    void close() {
        surroundings.close();
        events.close();
    }

    @Test
    void customers_read_their_own_and_nobody_elses() {
        UUID mine = surroundings.customer();
        UUID theirs = surroundings.customer();
        given(mine, "Friendly people.", "2026-11-20T10:00:00Z");
        given(mine, "Slow.", "2026-11-19T10:00:00Z");
        given(theirs, "Somebody else's.", "2026-11-20T10:00:00Z");

        own.isOnlyOnesOwn(
                mine, List.of("Friendly people.", "Slow."), theirs, List.of("Somebody else's."));
    }

    @Test
    void the_login_of_one_who_was_merged_reads_what_is_held_of_all() {
        own.isOfAllWhoWereMerged(surroundings.customer(), surroundings.customer());
    }

    @Test
    void a_login_that_is_nobodys_and_that_of_one_who_was_erased_read_nothing() {
        own.isOfNobodyElse(surroundings.customer());
    }

    @Test
    void nobody_but_customers_may_ask_for_their_own() {
        own.isForCustomersOnly();
    }

    private static void given(UUID customer, String text, String occurredAt) {
        give("{\"customer\": \"%s\", \"metric\": \"NPS\", \"rating\": 9, \"text\": \"%s\", \"occurredAt\": \"%s\"}"
                        .formatted(customer, text, occurredAt))
                .statusCode(201);
    }
}

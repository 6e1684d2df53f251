package io.rapport.customer.context;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.registered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.customer.erasure.ErasureApi;
import io.rapport.platform.Ids;
import io.rapport.platform.event.Cause;
import io.rapport.platform.event.ReceivedEvent;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Batches;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.FoldedRows;
import io.rapport.platform.testing.Samples;
import io.rapport.platform.testing.SuiteResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the other services still tell of an erased customer leaves figures and no trace of a person.
 */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ErasedContextTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final String ERASED = "interaction.customer-erased.v1";
    // Generations that nobody reads.
    private static final int ONE = 9_101;
    private static final int OTHER = 9_102;

    @Inject ContextProjection projection;
    @Inject Jdbi jdbi;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void however_batches_are_cut_contact_times_end_with_the_erasure(long seed) {
        UUID erased = Ids.next();
        UUID other = Ids.next();
        List<ReceivedEvent> history = new ArrayList<>();
        for (UUID customer : List.of(erased, other)) {
            for (int n = 1; n <= 9; n++) {
                history.add(
                        event(
                                customer,
                                n,
                                "interaction.recorded.v1",
                                "{\"type\": \"NOTE\", \"channel\": \"EMAIL\", \"direction\": \"OUTBOUND\"}"));
            }
        }
        history.add(event(erased, 10, ERASED, Samples.of(ERASED)));

        history.forEach(event -> fold(ONE, List.of(event)));
        Batches.of(history, new Random(seed)).forEach(batch -> fold(OTHER, batch));

        List<UUID> both = List.of(erased, other);
        assertThat(FoldedRows.of(jdbi, projection, ONE, both))
                .isEqualTo(FoldedRows.of(jdbi, projection, OTHER, both));
        assertThat(FoldedRows.of(jdbi, projection, ONE, List.of(erased)))
                .isNotEmpty()
                .noneMatch(row -> row.startsWith("context_contact"));
        assertThat(FoldedRows.of(jdbi, projection, ONE, List.of(other)))
                .filteredOn(row -> row.startsWith("context_contact"))
                .hasSize(9);
    }

    @Test
    void facts_in_flight_count_and_tell_nobody() throws Exception {
        UUID customer = registered("{\"givenName\": \"Ada\"}");
        try (Events events = Events.ofSuite()) {
            ErasureApi.erase(customer).then().statusCode(202);
            events.sendSample(Topic.INTERACTIONS, customer, 1, "interaction.recorded.v1");
            events.sendSample(Topic.LOYALTY, customer, 1, "loyalty.points-earned.v1");
            events.sendSample(Topic.FEEDBACK, customer, 1, "feedback.received.v1");

            await().atMost(LIMIT).until(() -> applied(customer) == 3);
        }
        agent().get("/customers/{customer}/context", customer).then().statusCode(410);
        assertThat(
                        Databases.asOwner()
                                .number(
                                        "SELECT count FROM context_interaction WHERE customer_id = ?",
                                        customer))
                .isEqualTo(1);
    }

    private static long applied(UUID customer) throws Exception {
        return Databases.asOwner()
                .number(
                        "SELECT count(*) FROM consumer_progress WHERE customer_id = ? AND consumer = 'context' AND applied = 1",
                        customer);
    }

    private void fold(int generation, List<ReceivedEvent> events) {
        QuarkusTransaction.requiringNew().run(() -> projection.fold(generation, events));
    }

    private static ReceivedEvent event(UUID customer, int sequence, String type, String payload) {
        return new ReceivedEvent(
                Topic.INTERACTIONS,
                Ids.next(),
                type,
                customer,
                BEGIN.plusSeconds(sequence),
                sequence,
                new Cause("test", null, 0, null),
                payload);
    }
}

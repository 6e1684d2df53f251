package io.rapport.interaction.fact;

import static io.rapport.interaction.InteractionsApi.as;
import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.newId;
import static io.rapport.interaction.InteractionsApi.purchase;
import static io.rapport.interaction.InteractionsApi.served;
import static io.rapport.interaction.InteractionsApi.with;
import static io.rapport.interaction.fact.FactsApi.KEY;
import static io.rapport.interaction.fact.FactsApi.SOON;
import static io.rapport.interaction.fact.FactsApi.correct;
import static io.rapport.interaction.fact.FactsApi.events;
import static io.rapport.interaction.fact.FactsApi.forget;
import static io.rapport.interaction.fact.FactsApi.ids;
import static io.rapport.interaction.fact.FactsApi.interaction;
import static io.rapport.interaction.fact.FactsApi.repetitions;
import static io.rapport.interaction.fact.FactsApi.stated;
import static io.rapport.interaction.fact.FactsApi.tell;
import static io.rapport.interaction.fact.FactsApi.told;
import static io.rapport.interaction.fact.FactsApi.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.Samples;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.rapport.platform.testing.Topics.Message;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who has to say something twice is noticed, once for each time. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class RepeatedContextTest {

    private static final Instant FIRST = Instant.parse("2026-11-20T10:00:00Z");
    private static final Instant LATER = FIRST.plusSeconds(3_600);

    private Customer customer;

    @BeforeEach
    void make_somebody() {
        customer = newCustomer();
    }

    @Test
    void what_is_told_again_while_it_holds_was_repeated() throws Exception {
        String fact = told(interaction(customer, FIRST), KEY, "Four, and a dog");
        Map<String, @Nullable Object> call =
                with(served(purchase(customer)), "occurredAt", LATER.toString());
        String interaction = interaction(with(call, "channel", "PHONE"));

        told(interaction, KEY, " four,  and a DOG ");

        Message event = repetitions(customer.id(), 1).getFirst();
        String payload = Objects.requireNonNull(event.value());
        Samples.assertSameShape("interaction.context-repeated.v1", payload);
        JsonNode data = new ObjectMapper().readTree(payload);
        assertThat(data.path("interaction").asText()).isEqualTo(interaction);
        assertThat(data.path("fact").asText()).isEqualTo(fact);
        assertThat(data.path("how").asText()).isEqualTo("TOLD");
        assertThat(data.path("channel").asText()).isEqualTo("PHONE");
        assertThat(data.path("team").asText()).isEqualTo("first-line");
        assertThat(event.header("ce_time")).isEqualTo(LATER.toString());
        assertThat(payload).doesNotContain("dog");
    }

    @ParameterizedTest
    @CsvSource({
        "STATED,   Four, STATED,   Five",
        "STATED,   Four, OBSERVED, Four",
        "INFERRED, Four, STATED,   Four",
    })
    void what_is_new_and_what_nobody_had_to_say_was_not(
            String learnt, String value, String learntThen, String valueThen) {
        tell(interaction(customer, FIRST), with(stated(KEY, value), "learnt", learnt))
                .then()
                .statusCode(201);
        tell(interaction(customer, LATER), with(stated(KEY, valueThen), "learnt", learntThen))
                .then()
                .statusCode(201);

        nothingWasRepeated();
    }

    /** A partner reads the log and how many events there are, and could guess till one comes. */
    @Test
    void a_partner_does_not_learn_that_somebody_told_others_the_same() {
        told(interaction(customer, FIRST), KEY, "Four");
        String ofTill =
                interaction(
                        with(
                                with(purchase(customer), "source", "till"),
                                "occurredAt",
                                LATER.toString()));

        tell(as(Tokens.partner("till")), newId(), ofTill, stated(KEY, "Four"))
                .then()
                .statusCode(201);

        nothingWasRepeated();
    }

    @Test
    void what_held_no_more_or_was_told_of_another_time_or_forgotten_was_not() {
        String over = interaction(customer, FIRST);
        tell(over, with(stated(KEY, "Four"), "validUntil", LATER.toString()))
                .then()
                .statusCode(201);
        told(interaction(customer, LATER), KEY, "Four");
        told(interaction(customer, FIRST.minusSeconds(60)), KEY, "Four");
        forget(told(interaction(customer, FIRST), "size", "42")).then().statusCode(200);
        told(interaction(customer, LATER), "size", "42");

        nothingWasRepeated();
    }

    @Test
    void what_was_corrected_is_known_as_it_is_now() {
        String fact = told(interaction(customer, FIRST), KEY, "Four");
        correct(fact, 1, "Five").then().statusCode(200);
        told(interaction(customer, LATER), KEY, "Four");
        told(interaction(customer, LATER.plusSeconds(1)), KEY, "Four");

        assertThat(repetitions(customer.id(), 1)).hasSize(1);
    }

    /** Members hold what they told, and whoever tells holds them all. */
    @Test
    void who_told_it_as_another_customer_before_a_merge_repeats_it_too() {
        Customer survivor = newCustomer();
        told(interaction(customer, FIRST), KEY, "Four");
        try (Events events = Events.ofSuite()) {
            events.sendMerge(customer.id(), 2, survivor.id());
            await().atMost(SOON).until(() -> ids(survivor.name()).size() == 1);
        }

        told(interaction(survivor, LATER), KEY, "Four");

        assertThat(repetitions(survivor.id(), 1)).hasSize(1);
    }

    /** The row of customer_sequence: of those who tell at once one finds what another told. */
    @Test
    void of_many_who_tell_the_same_at_once_all_but_one_repeat_it() {
        List<String> interactions =
                IntStream.range(0, 8).mapToObj(i -> interaction(customer, FIRST)).toList();

        AtOnce.run(8, caller -> told(interactions.get(caller), KEY, "Four"));

        assertThat(repetitions(customer.id(), 7)).hasSize(7);
    }

    /** Told in one order, so that what comes after them shows that nothing was left out. */
    private void nothingWasRepeated() {
        told(interaction(customer, LATER.plusSeconds(60)), "occasion", "A birthday");
        List<Message> all =
                await().atMost(SOON)
                        .until(
                                () -> events(customer.id(), "interaction.", 1),
                                events ->
                                        String.valueOf(events.getLast().value())
                                                .contains("occasion"));
        assertThat(all)
                .filteredOn(event -> type(event).equals("interaction.context-repeated.v1"))
                .isEmpty();
    }
}

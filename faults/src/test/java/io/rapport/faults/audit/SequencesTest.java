package io.rapport.faults.audit;

import static io.rapport.faults.audit.MadeUp.ADA;
import static io.rapport.faults.audit.MadeUp.INTERACTIONS;
import static io.rapport.faults.audit.MadeUp.interaction;
import static org.assertj.core.api.Assertions.assertThat;

import io.rapport.faults.topic.Logged;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SequencesTest {
    private static final Logged ONE = interaction(1, "PURCHASE", "1.00");
    private static final Logged TWO = interaction(2, "PURCHASE", "2.00");
    private static final Logged THREE = interaction(3, "PURCHASE", "3.00");

    @Test
    void one_two_three_is_clean_also_with_repetitions() {
        assertThat(audit(3, ONE, TWO, ONE, TWO, THREE)).isEmpty();
    }

    @Test
    void a_gap_is_found() {
        assertThat(audit(3, ONE, THREE))
                .singleElement()
                .asString()
                .contains("has number 3 at rapport.interactions.v1-0@3 where 2 comes");
    }

    @Test
    void a_number_under_another_id_is_found() {
        assertThat(audit(2, ONE, TWO, at(TWO, "another", 0)))
                .singleElement()
                .asString()
                .contains("has number 2", "where 3 comes");
    }

    @Test
    void events_out_of_order_are_found() {
        assertThat(audit(3, ONE, THREE, TWO)).hasSize(2);
    }

    @Test
    void an_id_with_another_content_is_found() {
        assertThat(audit(2, ONE, TWO, interaction(2, "PURCHASE", "9.00")))
                .singleElement()
                .asString()
                .contains("event e2 is another at");
    }

    @Test
    void a_customer_in_two_partitions_is_found() {
        assertThat(audit(2, ONE, at(TWO, "e2", 5)))
                .singleElement()
                .asString()
                .contains("number=0", "number=5");
    }

    @Test
    void an_end_that_is_missing_is_found_and_a_customer_that_was_never_numbered() {
        assertThat(audit(3, ONE, TWO)).singleElement().asString().contains("is 2 instead of 3");
        assertThat(Sequences.audit(List.of(ONE), Map.of()))
                .singleElement()
                .asString()
                .contains("whom its service has not numbered");
    }

    private static List<Finding> audit(long counter, Logged... events) {
        return Sequences.audit(List.of(events), Map.of(INTERACTIONS, Map.of(ADA, counter)));
    }

    private static Logged at(Logged event, String id, int partition) {
        Logged renamed =
                MadeUp.event(
                        INTERACTIONS,
                        9,
                        id,
                        event.type(),
                        event.sequence(),
                        String.valueOf(event.value()));
        return new Logged(
                new Logged.Place(INTERACTIONS, partition, 9),
                renamed.key(),
                renamed.headers(),
                renamed.value());
    }
}

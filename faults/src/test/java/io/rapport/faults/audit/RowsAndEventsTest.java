package io.rapport.faults.audit;

import static io.rapport.faults.audit.MadeUp.ADA;
import static io.rapport.faults.audit.MadeUp.correction;
import static io.rapport.faults.audit.MadeUp.event;
import static io.rapport.faults.audit.MadeUp.interaction;
import static io.rapport.faults.audit.MadeUp.points;
import static io.rapport.faults.audit.MadeUp.promise;
import static io.rapport.faults.audit.MadeUp.rating;
import static org.assertj.core.api.Assertions.assertThat;

import io.rapport.faults.audit.RowsAndEvents.Row;
import io.rapport.faults.topic.Logged;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RowsAndEventsTest {
    private static final Row INTERACTION = new Row("interaction.recorded.v1", "i1");
    private static final List<Row> ROWS =
            List.of(
                    INTERACTION,
                    new Row("interaction.corrected.v1", "i1/2"),
                    new Row("interaction.corrected.v1", "i1/3"),
                    new Row("interaction.promise-made.v1", "p1"),
                    new Row("interaction.promise-broken.v1", "p1"),
                    new Row("feedback.received.v1", "r1"),
                    new Row("loyalty.points-earned.v1", "n1"),
                    new Row("customer.registered.v1", ADA + "/1"),
                    new Row("customer.changed.v1", ADA + "/2"));
    private static final List<Logged> EVENTS =
            List.of(
                    interaction(1, "PURCHASE", "12.99"),
                    interaction(1, "PURCHASE", "12.99"),
                    correction(2),
                    correction(3),
                    promise(4, "made"),
                    promise(5, "broken"),
                    rating(1, 7),
                    points(1, 12, "BASE"),
                    event(MadeUp.LOYALTY, 9, "t1", "loyalty.tier-changed.v1", 2, "{}"),
                    event("rapport.customers.v1", 0, "c1", "customer.registered.v1", 1, "{}"),
                    event("rapport.customers.v1", 1, "c2", "customer.changed.v1", 2, "{}"));

    @Test
    void rows_with_one_event_each_are_clean_also_when_it_was_sent_twice() {
        assertThat(RowsAndEvents.audit(ROWS, EVENTS, Set.of())).isEmpty();
    }

    @Test
    void a_row_that_was_never_told_is_found() {
        List<Row> rows = new ArrayList<>(ROWS);
        rows.add(new Row("customer.changed.v1", ADA + "/3"));
        assertThat(RowsAndEvents.audit(rows, EVENTS, Set.of()))
                .extracting(Finding::what)
                .containsExactly("customer.changed.v1 of " + ADA + "/3 was never told");
    }

    @Test
    void a_correction_that_was_never_told_and_one_of_no_row_are_found() {
        List<Logged> events = new ArrayList<>(EVENTS);
        events.remove(correction(3));
        events.add(correction(4));
        assertThat(RowsAndEvents.audit(ROWS, events, Set.of()))
                .extracting(Finding::what)
                .containsExactly(
                        "interaction.corrected.v1 of i1/3 was never told",
                        "event [k4] tells of no row: interaction.corrected.v1 of i1/4");
    }

    @Test
    void a_promise_that_is_told_to_be_broken_and_kept_is_found() {
        List<Logged> events = new ArrayList<>(EVENTS);
        events.add(promise(6, "kept"));
        assertThat(RowsAndEvents.audit(ROWS, events, Set.of()))
                .extracting(Finding::what)
                .containsExactly("event [p6] tells of no row: interaction.promise-kept.v1 of p1");
    }

    @Test
    void an_event_of_no_row_is_found() {
        assertThat(RowsAndEvents.audit(ROWS.subList(1, ROWS.size()), EVENTS, Set.of()))
                .extracting(Finding::what)
                .containsExactly("event [e1] tells of no row: interaction.recorded.v1 of i1");
    }

    @Test
    void an_event_of_no_row_that_was_lost_in_a_restore_is_clean_and_hides_no_other() {
        List<Row> rows = ROWS.subList(1, ROWS.size());
        assertThat(RowsAndEvents.audit(rows, EVENTS, Set.of("e1"))).isEmpty();
        assertThat(RowsAndEvents.audit(rows, EVENTS, Set.of("f1"))).hasSize(1);
    }

    @Test
    void a_row_that_another_event_tells_again_is_found() {
        List<Logged> events = new ArrayList<>(EVENTS);
        Logged first = EVENTS.getFirst();
        events.add(
                event(
                        MadeUp.INTERACTIONS,
                        2,
                        "other",
                        first.type(),
                        2,
                        String.valueOf(first.value())));
        assertThat(RowsAndEvents.audit(ROWS, events, Set.of()))
                .extracting(Finding::what)
                .containsExactly(
                        "interaction.recorded.v1 of i1 was told by several events: [e1, other]");
    }

    @Test
    void a_row_that_is_there_twice_is_found() {
        List<Row> rows = new ArrayList<>(ROWS);
        rows.add(INTERACTION);
        assertThat(RowsAndEvents.audit(rows, EVENTS, Set.of()))
                .extracting(Finding::what)
                .contains("interaction.recorded.v1 of i1 is there twice");
    }
}

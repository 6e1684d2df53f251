package io.rapport.faults.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.rapport.faults.audit.Parked.ParkedEvent;
import io.rapport.faults.topic.Logged;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParkedTest {
    private static final Logged.Place PLACE = new Logged.Place(MadeUp.INTERACTIONS, 3, 17);
    private static final ParkedEvent POISON = new ParkedEvent("context", PLACE, "wrong-source");

    @Test
    void exactly_the_poison_is_clean() {
        assertThat(Parked.audit(List.of(POISON), List.of(POISON))).isEmpty();
    }

    @Test
    void poison_that_was_not_parked_is_found() {
        assertThat(Parked.audit(List.of(POISON), List.of()))
                .extracting(Finding::what)
                .containsExactly(
                        "context did not park rapport.interactions.v1-3@17 as wrong-source");
    }

    @Test
    void a_sound_event_that_was_parked_is_found() {
        assertThat(Parked.audit(List.of(), List.of(POISON)))
                .extracting(Finding::what)
                .containsExactly("context parked rapport.interactions.v1-3@17 as wrong-source");
    }

    @Test
    void another_cause_is_found() {
        ParkedEvent other = new ParkedEvent("context", PLACE, "event-unreadable");
        assertThat(Parked.audit(List.of(POISON), List.of(other))).hasSize(2);
    }
}

package io.rapport.faults.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final int DEEDS = 500;

    @Test
    void the_same_seed_makes_the_same_plan() {
        assertThat(told(42)).isEqualTo(told(42)).isNotEqualTo(told(43));
    }

    @Test
    void everything_is_told_and_nothing_under_the_same_key() {
        List<Deed> deeds = deeds(new Random(7));
        assertThat(deeds).extracting(Deed::kind).contains(Deed.Kind.values());
        assertThat(deeds)
                .filteredOn(deed -> deed.kind() == Deed.Kind.INTERACTION)
                .extracting(Deed::told)
                .doesNotHaveDuplicates()
                .anyMatch(told -> told.contains("PURCHASE"))
                .anyMatch(told -> told.contains("CANCELLATION -"))
                .anyMatch(told -> told.contains("MESSAGE by EMAIL"));
        assertThat(deeds)
                .filteredOn(deed -> deed.idempotencyKey() != null)
                .extracting(Deed::idempotencyKey)
                .doesNotHaveDuplicates();
    }

    @Test
    void the_plan_does_not_depend_on_what_is_answered_or_when() {
        Plan plan = new Plan("t", new Random(42));
        List<Deed> unanswered = Stream.generate(plan::next).limit(DEEDS).toList();
        assertThat(unanswered.stream().map(Deed::told)).containsExactlyElementsOf(told(42));

        // Nor do the words, once whom they are about is known.
        List<Deed> answered = deeds(new Random(42));
        for (int i = 0; i < DEEDS; i++) {
            Person person = answered.get(i).person();
            unanswered.get(i).person().registered(person.registeredId(), person.displayName());
        }
        assertThat(unanswered.stream().map(PlanTest::untimed))
                .containsExactlyElementsOf(answered.stream().map(PlanTest::untimed).toList());
    }

    private static String untimed(Deed deed) {
        return deed.body().get().replaceAll("\"occurredAt\": .*", "");
    }

    private static List<String> told(long seed) {
        return deeds(new Random(seed)).stream().map(Deed::told).toList();
    }

    private static List<Deed> deeds(Random random) {
        Plan plan = new Plan("t", random);
        List<Deed> deeds = new ArrayList<>();
        for (int i = 0; i < DEEDS; i++) {
            Deed deed = plan.next();
            deeds.add(deed);
            if (deed.person().id() == null) {
                deed.person().registered("id-" + i, deed.told());
            }
        }
        return deeds;
    }
}

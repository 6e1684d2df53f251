package io.rapport.faults.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlanTest {
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
                .anyMatch(told -> told.contains("CANCELLATION -"));
        assertThat(deeds)
                .filteredOn(deed -> deed.idempotencyKey() != null)
                .extracting(Deed::idempotencyKey)
                .doesNotHaveDuplicates();
    }

    @Test
    void a_profile_is_not_changed_while_a_change_of_it_is_open() {
        Plan plan = new Plan("t", new Random(7));
        Deed first = plan.newIdentity();
        assertThat(first.person().beginChange()).isFalse();
        first.person().registered("id", "name");
        assertThat(first.person().beginChange()).isTrue();
    }

    private static List<String> told(long seed) {
        return deeds(new Random(seed)).stream().map(Deed::told).toList();
    }

    private static List<Deed> deeds(Random random) {
        Plan plan = new Plan("t", random);
        List<Deed> deeds = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            Deed deed = plan.next();
            deeds.add(deed);
            if (deed.kind().ofCustomer()) {
                deed.person().registered("id-" + i, deed.told());
                plan.know(deed.person());
            }
        }
        return deeds;
    }
}

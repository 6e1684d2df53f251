package io.rapport.customer.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.rapport.customer.consent.MergePeriods.Period;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who was one with whom, and when. */
class MergePeriodsTest {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final UUID A = new UUID(0, 1);
    private static final UUID B = new UUID(0, 2);
    private static final UUID C = new UUID(0, 3);

    /** B was A's from day 1 to day 3, C is A's from day 2 on, and B is C's never. */
    private static final List<Period> PERIODS =
            List.of(new Period(B, A, day(1), day(3)), new Period(C, A, day(2), null));

    @Test
    void a_merge_holds_from_its_time_on_up_to_the_unmerge() {
        MergePeriods periods = new MergePeriods(B, PERIODS);

        assertThat(periods.membersAt(day(1).minusNanos(1))).containsExactly(B);
        assertThat(periods.membersAt(day(1))).containsExactlyInAnyOrder(A, B);
        assertThat(periods.membersAt(day(2))).containsExactlyInAnyOrder(A, B, C);
        assertThat(periods.membersAt(day(3))).containsExactly(B);
        assertThat(new MergePeriods(A, PERIODS).membersAt(day(3))).containsExactlyInAnyOrder(A, C);
    }

    @Test
    void members_of_one_survivor_are_together() {
        MergePeriods periods = new MergePeriods(A, PERIODS);

        assertThat(periods.together(B, C, day(1))).isFalse();
        assertThat(periods.together(B, C, day(2))).isTrue();
        assertThat(periods.together(B, A, day(2))).isTrue();
        assertThat(periods.together(B, C, day(3))).isFalse();
        assertThat(periods.last()).isEqualTo(day(3));
        assertThat(periods.all()).containsExactlyInAnyOrder(A, B, C);
    }

    private static Instant day(int day) {
        return BEGIN.plusSeconds(86_400L * day);
    }
}

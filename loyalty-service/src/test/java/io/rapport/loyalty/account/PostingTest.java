package io.rapport.loyalty.account;

import static io.rapport.loyalty.account.Postings.NOW;
import static io.rapport.loyalty.account.Postings.PROGRAMME;
import static org.assertj.core.api.Assertions.assertThat;

import io.rapport.loyalty.LoyaltyEvent.PointsEarned;
import io.rapport.loyalty.LoyaltyEvent.PointsReversed;
import io.rapport.loyalty.LoyaltyEvent.TierChanged;
import io.rapport.loyalty.account.Entry.Kind;
import io.rapport.platform.Ids;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostingTest {

    private final UUID customer = Ids.next();
    private final Account empty = Account.open(customer, PROGRAMME);

    @Test
    void an_entry_says_what_moved_and_why() {
        Posting posting = Postings.of(Kind.EARNED, empty, "139.12");
        Entry entry = posting.entry();
        assertThat(entry.number()).isEqualTo(posting.after().version()).isEqualTo(1);
        assertThat(entry.points()).isEqualTo(entry.requested()).isEqualTo(139);
        assertThat(entry.balanceAfter()).isEqualTo(posting.after().balance()).isEqualTo(139);
        assertThat(entry.programmeVersion()).isEqualTo(PROGRAMME.version());
        assertThat(entry.amount().amount()).isEqualByComparingTo("139.12");
        assertThat(entry.recordedAt()).isEqualTo(NOW);
        assertThat(posting.events())
                .containsExactly(
                        new PointsEarned(
                                customer,
                                entry.occurredAt(),
                                entry.id(),
                                139,
                                139,
                                entry.interaction(),
                                "default",
                                "BASE"));
    }

    @Test
    void a_reversal_tells_what_it_took_and_what_it_was_asked_for() {
        Account before = Postings.of(Kind.EARNED, empty, "37.00").after();
        Posting posting = Postings.of(Kind.REVERSED, before, "-52.10");
        Entry entry = posting.entry();
        assertThat(entry.points()).isEqualTo(-37);
        assertThat(entry.requested()).isEqualTo(52);
        assertThat(posting.events())
                .containsExactly(
                        new PointsReversed(
                                customer,
                                entry.occurredAt(),
                                entry.id(),
                                37,
                                52,
                                0,
                                entry.interaction(),
                                "default",
                                "BASE"));
    }

    @ParameterizedTest
    @CsvSource({
        "EARNED,   0.00",
        "EARNED,   0.99",
        "EARNED,   -12.00",
        "REVERSED, 0.00",
        "REVERSED, -0.99",
        "REVERSED, 12.00",
    })
    void less_than_a_point_and_an_amount_of_the_other_sign_are_worth_nothing(
            Kind kind, String pounds) {
        assertThat(Postings.worth(kind, customer, pounds)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "EARNED, 1.00, 1",
        "EARNED, 12.99, 12",
        "REVERSED, -1.00, 1",
        "REVERSED, -12.99, 12"
    })
    void whole_units_are_worth_points(Kind kind, String pounds, long points) {
        assertThat(Postings.worth(kind, customer, pounds))
                .hasValueSatisfying(
                        worth -> {
                            assertThat(worth.kind()).isEqualTo(kind);
                            assertThat(worth.points()).isEqualTo(points);
                        });
    }

    @Test
    void a_reversal_of_nothing_leaves_its_trace() {
        Posting posting = Postings.of(Kind.REVERSED, empty, "-15.00");
        assertThat(posting.entry().points()).isZero();
        assertThat(posting.entry().requested()).isEqualTo(15);
        assertThat(posting.events()).hasSize(1);
    }

    @Test
    void crossing_a_threshold_is_told_after_the_points() {
        Posting up = Postings.of(Kind.EARNED, empty, "2000.00");
        assertThat(up.events()).hasSize(2);
        assertThat(up.events().getLast())
                .isEqualTo(
                        new TierChanged(
                                customer, up.entry().occurredAt(), "BASE", "GOLD", "default"));

        Posting down = Postings.of(Kind.REVERSED, up.after(), "-1.00");
        assertThat(down.events().getLast())
                .isEqualTo(
                        new TierChanged(
                                customer, down.entry().occurredAt(), "GOLD", "SILVER", "default"));
    }
}

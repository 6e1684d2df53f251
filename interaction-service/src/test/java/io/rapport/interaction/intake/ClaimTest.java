package io.rapport.interaction.intake;

import static io.rapport.interaction.intake.Submissions.purchase;
import static org.assertj.core.api.Assertions.assertThat;

import io.rapport.platform.Fingerprint;
import io.rapport.platform.Ids;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When it is the same again, and when something else under the same id. */
class ClaimTest {

    private static final UUID CUSTOMER = Ids.next();
    private static final UUID ANOTHER = Ids.next();

    private static final Claim FIRST = claim(purchase(), CUSTOMER);

    @Test
    void the_same_content_is_the_same_again() {
        assertThat(FIRST.isRepeatedBy(claim(purchase(), CUSTOMER))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "type,       CANCELLATION",
        "channel,    PHONE",
        "direction,  OUTBOUND",
        "touchpoint, cart",
        "touchpoint,",
        "occurredAt, 2026-11-20T09:14:05.251Z",
        "subject,    Their order",
        "subject,",
        "text,       Three lanterns.",
        "text,",
    })
    void any_other_content_is_something_else(String member, String value) {
        Submissions other = purchase().with("amount", "0").with(member, value);
        assertThat(
                        claim(purchase().with("amount", "0"), CUSTOMER)
                                .isRepeatedBy(claim(other, CUSTOMER)))
                .isFalse();
    }

    @Test
    void another_amount_is_something_else_but_not_another_way_to_write_it() {
        assertThat(FIRST.isRepeatedBy(claim(purchase().with("amount", "12.51"), CUSTOMER)))
                .isFalse();
        assertThat(FIRST.isRepeatedBy(claim(purchase().with("amount", "12.5"), CUSTOMER))).isTrue();
    }

    @Test
    void words_do_not_slip_from_one_member_into_the_next() {
        Claim one = claim(purchase().with("subject", "ab").with("text", "c"), CUSTOMER);
        Claim other = claim(purchase().with("subject", "a").with("text", "bc"), CUSTOMER);

        assertThat(one.isRepeatedBy(other)).isFalse();
    }

    @Test
    void another_customer_is_something_else() {
        assertThat(FIRST.isRepeatedBy(claim(purchase().with("customer", "shop:13047"), ANOTHER)))
                .isFalse();
    }

    @Test
    void another_name_of_the_same_customer_is_the_same_again() {
        assertThat(
                        FIRST.isRepeatedBy(
                                claim(purchase().with("customer", CUSTOMER.toString()), CUSTOMER)))
                .isTrue();
    }

    @Test
    void the_same_name_is_the_same_again_although_the_identity_has_moved_to_another_customer() {
        assertThat(FIRST.isRepeatedBy(claim(purchase(), ANOTHER))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"source", "sourceId"})
    void where_it_comes_from_is_the_key_and_no_content(String member) {
        assertThat(FIRST.contentHash())
                .isEqualTo(claim(purchase().with(member, "x"), CUSTOMER).contentHash());
    }

    /** Claims that were made before interactions had any of the later members. */
    @Test
    void members_that_came_later_leave_older_claims_as_they_are() {
        assertThat(FIRST.contentHash())
                .isEqualTo(
                        new Fingerprint()
                                .add("type", "PURCHASE")
                                .add("channel", "WEB")
                                .add("direction", "INBOUND")
                                .add("touchpoint", "checkout")
                                .add("amount", "12.50")
                                .add("currency", "GBP")
                                .add("occurredAt", "2026-11-20T09:14:05.250Z")
                                .add("subject", "Your order")
                                .add("text", "Two lanterns.")
                                .toUuid());
    }

    private static Claim claim(Submissions submission, UUID customer) {
        return Candidate.of(
                        new Resolved(submission.checked(), customer), Ids.next(), Submissions.NOW)
                .claim();
    }
}

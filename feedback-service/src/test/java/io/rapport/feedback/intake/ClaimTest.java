package io.rapport.feedback.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.rapport.feedback.Metric;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Ids;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** When it is the same again, and when something else under the same id. */
class ClaimTest {

    private static final UUID CUSTOMER = Ids.next();
    private static final UUID ANOTHER = Ids.next();

    private static final Claim FIRST = claim("shop:1", CUSTOMER, 4);

    @Test
    void the_same_content_of_the_same_customer_is_the_same_again() {
        assertThat(FIRST.isRepeatedBy(claim("shop:1", CUSTOMER, 4))).isTrue();
    }

    @Test
    void another_name_of_the_same_customer_is_the_same_again() {
        assertThat(FIRST.isRepeatedBy(claim(CUSTOMER.toString(), CUSTOMER, 4))).isTrue();
        assertThat(FIRST.isRepeatedBy(claim("card:7", CUSTOMER, 4))).isTrue();
    }

    @Test
    void the_same_name_is_the_same_again_although_the_identity_has_moved_to_another_customer() {
        assertThat(FIRST.isRepeatedBy(claim("shop:1", ANOTHER, 4))).isTrue();
    }

    @Test
    void another_customer_is_something_else() {
        assertThat(FIRST.isRepeatedBy(claim("shop:2", ANOTHER, 4))).isFalse();
    }

    @Test
    void other_content_is_something_else() {
        assertThat(FIRST.isRepeatedBy(claim("shop:1", CUSTOMER, 5))).isFalse();
    }

    private static Claim claim(String name, UUID customer, int rating) {
        NewFeedback given =
                new NewFeedback(
                        CustomerReference.parse(name),
                        Metric.CSAT,
                        rating,
                        null,
                        null,
                        null,
                        null,
                        "shop",
                        "7");
        return new Claim("shop", "7", customer, Ids.next(), given.contentHash(), given.namedHash());
    }
}

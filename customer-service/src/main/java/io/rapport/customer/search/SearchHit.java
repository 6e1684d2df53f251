package io.rapport.customer.search;

import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerView;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A customer that was found, and how well it matches. */
@Schema(requiredProperties = {"score", "customer"})
public record SearchHit(
        @Schema(
                        description =
                                "1 when every word is there as it was typed; 1/(1+c) otherwise,"
                                        + " where each word adds to c: 1 for a longer one that begins"
                                        + " so, 2 for one typo, 4 for two.",
                        minimum = "0",
                        maximum = "1",
                        examples = "0.33")
                double score,
        CustomerView customer) {

    private static final double HUNDREDTHS = 100;

    static SearchHit of(Customer customer, int cost) {
        return new SearchHit(
                Math.round(HUNDREDTHS / (1 + cost)) / HUNDREDTHS, CustomerView.of(customer));
    }
}

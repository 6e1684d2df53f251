package io.rapport.customer.segment;

import io.rapport.customer.context.Figures;
import io.rapport.customer.profile.Customer;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * What is known of a customer when it is held against conditions: what it answers, and its figures,
 * both over all who were merged into it.
 */
record Facts(Customer customer, Figures figures) {

    /** In whose calendar days begin and periods end. */
    ZoneId zone() {
        String zone = customer.profile().timeZone();
        return zone == null ? ZoneOffset.UTC : ZoneId.of(zone);
    }
}

package io.rapport.customer.merge;

import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerView;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Both customers as they stand, or would stand, by themselves. */
@Schema(
        requiredProperties = {"customer", "survivor"},
        examples = UnmergeOutcome.EXAMPLE)
public record UnmergeOutcome(CustomerView customer, CustomerView survivor) {

    static final String EXAMPLE =
            """
            {"customer": {"id": "019aa5c3-11d2-7a90-8c41-5b7e2f90ac02", "status": "ACTIVE", "kind": "PERSON",
               "displayName": "Ada Lovelace", "identities": [{"source": "shop", "externalId": "17850"}],
               "createdAt": "2026-11-20T09:14:05.250Z", "updatedAt": "2026-11-22T11:00:00Z"},
             "survivor": {"id": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11", "status": "ACTIVE", "kind": "PERSON",
               "identities": [], "createdAt": "2026-11-20T09:14:05.250Z", "updatedAt": "2026-11-22T11:00:00Z"}}""";

    static UnmergeOutcome of(Customer left, Customer survivor) {
        return new UnmergeOutcome(CustomerView.of(left), CustomerView.of(survivor));
    }
}

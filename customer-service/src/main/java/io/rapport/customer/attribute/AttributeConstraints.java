package io.rapport.customer.attribute;

import io.rapport.platform.Refusal;
import io.rapport.platform.http.ConstraintRefusals;
import jakarta.inject.Singleton;
import java.util.Optional;

/** What the tables of attributes refuse. */
@Singleton
final class AttributeConstraints implements ConstraintRefusals {

    /** Who gives values holds their definitions, so only who changes one meets this. */
    @Override
    public Optional<Refusal> of(String constraint) {
        return constraint.equals("customer_attribute_has_a_definition")
                ? Optional.of(
                        Refusal.conflict(
                                "attribute-in-use",
                                "Customers have values: its type and uniqueness stay, and it can only be retired"
                                        + " (active=false)."))
                : Optional.empty();
    }
}

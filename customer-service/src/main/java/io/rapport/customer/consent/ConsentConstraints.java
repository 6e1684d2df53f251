package io.rapport.customer.consent;

import io.rapport.platform.Refusal;
import io.rapport.platform.http.ConstraintRefusals;
import jakarta.inject.Singleton;
import java.util.Optional;

/** What the tables of consents refuse. */
@Singleton
final class ConsentConstraints implements ConstraintRefusals {

    /** Who records a consent holds its purpose, so only who deletes a purpose meets the first. */
    @Override
    public Optional<Refusal> of(String constraint) {
        return constraint.equals("consent_record_has_a_purpose")
                ? Optional.of(
                        Refusal.conflict(
                                "consent-purpose-in-use",
                                "Customers have said something of this purpose. Retire it: active=false."))
                : Optional.empty();
    }
}

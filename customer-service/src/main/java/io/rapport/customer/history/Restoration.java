package io.rapport.customer.history;

import com.fasterxml.jackson.databind.JsonNode;
import io.rapport.customer.profile.Contents;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerRegister;
import io.rapport.customer.profile.CustomerRows;
import io.rapport.customer.profile.Profile;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Brings back the value that a change replaced, by a change that is checked like any other. */
@ApplicationScoped
class Restoration {

    private final CustomerRows customers;
    private final CustomerRegister register;
    private final HistoryRows history;
    private final Validator validator;

    Restoration(
            CustomerRows customers,
            CustomerRegister register,
            HistoryRows history,
            Validator validator) {
        this.customers = customers;
        this.register = register;
        this.history = history;
        this.validator = validator;
    }

    @Transactional
    Customer restore(CustomerReference reference, ChangeId change, @Nullable String ifMatch) {
        UUID customer = customers.require(reference).customer().id();
        RecordedChange replaced = history.require(customer, change);
        if (!Contents.isRestorable(replaced.path())) {
            throw Refusal.conflict(
                    "not-restorable",
                    "A registration replaced nothing, and identities have operations of their own.");
        }
        Map<String, @Nullable JsonNode> value = new HashMap<>();
        value.put(replaced.path(), replaced.oldValue());
        return register.change(
                reference, ifMatch, current -> validated(Contents.with(current, value)));
    }

    private Customer validated(Customer customer) {
        Set<ConstraintViolation<Profile>> violations = validator.validate(customer.profile());
        if (!violations.isEmpty()) {
            throw new ConstraintViolationException(violations);
        }
        return customer;
    }
}

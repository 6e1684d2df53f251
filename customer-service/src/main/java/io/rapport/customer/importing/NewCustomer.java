package io.rapport.customer.importing;

import io.rapport.customer.profile.CustomerWrite;
import io.rapport.platform.Refusal;
import jakarta.validation.ConstraintViolationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The customer that a row makes where nobody is there, or why there can be none. */
record NewCustomer(@Nullable CustomerWrite draft, @Nullable RuntimeException refusal) {

    static NewCustomer of(Supplier<CustomerWrite> drafting) {
        try {
            return new NewCustomer(drafting.get(), null);
        } catch (Refusal | ConstraintViolationException refusal) {
            return new NewCustomer(null, refusal);
        }
    }

    /** What drafting it here would do. */
    CustomerWrite get() {
        if (draft == null) {
            throw refusal == null ? new IllegalStateException("nobody was drafted") : refusal;
        }
        return draft;
    }
}

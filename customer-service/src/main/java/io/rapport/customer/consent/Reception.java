package io.rapport.customer.consent;

import io.rapport.customer.consent.ConsentRegister.Recorded;
import io.rapport.customer.identity.OwnSources;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Refusal;
import io.rapport.platform.http.IdempotencyKeys;
import io.rapport.platform.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What comes before a consent is recorded: may this caller, is it sound, was it sent before? In
 * this order, so that a partner learns nothing of customers that none of its sources knows.
 */
@ApplicationScoped
class Reception {

    /** All that decides what a request does. */
    private record Request(CustomerReference customer, Said said) {}

    private final ConsentRegister register;
    private final OwnSources sources;
    private final Caller caller;
    private final Validator validator;
    private final IdempotencyKeys keys;
    private final Clock clock;

    Reception(
            ConsentRegister register,
            OwnSources sources,
            Caller caller,
            Validator validator,
            IdempotencyKeys keys,
            Clock clock) {
        this.register = register;
        this.sources = sources;
        this.caller = caller;
        this.validator = validator;
        this.keys = keys;
        this.clock = clock;
    }

    Response give(String customer, @Nullable String key, NewConsent given) {
        CustomerReference reference = admitted(customer, given);
        return keys.once(
                "giveConsent",
                key,
                new Request(reference, given),
                () -> answer(Response.Status.CREATED, register.give(reference, given)));
    }

    Response withdraw(String customer, @Nullable String key, Withdrawal withdrawal) {
        CustomerReference reference = admitted(customer, withdrawal);
        return keys.once(
                "withdrawConsent",
                key,
                new Request(reference, withdrawal),
                () -> answer(Response.Status.OK, register.withdraw(reference, withdrawal)));
    }

    /** The giving's id does the work of an idempotency key. */
    Response confirm(String customer, UUID consent, Confirmation confirmation) {
        CustomerReference reference = admitted(customer, confirmation);
        return answer(Response.Status.OK, register.confirm(reference, consent, confirmation));
    }

    private CustomerReference admitted(String customer, Said said) {
        CustomerReference reference = CustomerReference.parse(customer);
        sources.require(reference);
        Set<ConstraintViolation<Said>> violations = validator.validate(said);
        if (!violations.isEmpty()) {
            throw new ConstraintViolationException(violations);
        }
        if (!caller.speaksFor(said.evidence().source())) {
            throw Refusal.forbidden(
                    "source-not-yours", "Your token does not list the source of this evidence.");
        }
        said.requirePossibleAt(clock.instant());
        return reference;
    }

    private Response answer(Response.Status status, Recorded recorded) {
        return Response.status(status)
                .entity(
                        RecordedConsent.of(
                                recorded.record(), recorded.decision(), caller::speaksFor))
                .build();
    }
}

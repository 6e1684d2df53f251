package io.rapport.customer.merge;

import io.rapport.customer.identity.IdentityConfig;
import io.rapport.customer.login.LoginConfig;
import io.rapport.customer.login.Logins;
import io.rapport.customer.profile.AttributeValues;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.Merged;
import io.rapport.customer.profile.Preference;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import io.rapport.platform.Refusal.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.Validator;
import java.util.ArrayList;
import java.util.List;

/**
 * What a survivor may show at most: as much as one customer. A profile lies in one event, and each
 * read puts it together.
 */
@ApplicationScoped
class MergeLimits {

    private static final int MOST_MEMBERS = 100;

    private final Validator validator;
    private final IdentityConfig identities;
    private final LoginConfig logins;

    MergeLimits(Validator validator, IdentityConfig identities, LoginConfig logins) {
        this.validator = validator;
        this.identities = identities;
        this.logins = logins;
    }

    /** 409 that names each list that would be too long. */
    void require(Merged merged) {
        Customer view = merged.view();
        List<FieldError> errors = new ArrayList<>();
        validator
                .validate(view.profile())
                .forEach(
                        violation ->
                                errors.add(
                                        new FieldError(
                                                "/" + violation.getPropertyPath(),
                                                violation.getMessage())));
        bound(errors, "/identities", "identities", view.names().count(), identities.perCustomer());
        bound(errors, "/identities", "logins", Logins.of(view).size(), logins.perCustomer());
        bound(
                errors,
                "/attributes",
                "characters of values, all together",
                AttributeValues.characters(view.profile().attributes()),
                AttributeValues.MOST_CHARACTERS);
        bound(errors, "/preferences", "preferences", view.preferences().size(), Preference.MOST);
        bound(errors, "/members", "members", merged.members().size(), MOST_MEMBERS);
        if (!errors.isEmpty()) {
            throw Refusal.of(
                    Kind.CONFLICT,
                    "merge-exceeds-limits",
                    "Together these have more than one customer may have. Take some away, or leave them out by a rule.",
                    errors.toArray(FieldError[]::new));
        }
    }

    private static void bound(
            List<FieldError> errors, String pointer, String what, long count, int most) {
        if (count > most) {
            errors.add(new FieldError(pointer, "must have at most %d %s".formatted(most, what)));
        }
    }
}

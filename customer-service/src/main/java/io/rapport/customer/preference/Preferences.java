package io.rapport.customer.preference;

import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerReading;
import io.rapport.customer.profile.CustomerRegister;
import io.rapport.customer.profile.Learnt;
import io.rapport.customer.profile.Preference;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what customers prefer and expect. What was learnt in one way never takes the place of what
 * was learnt in another: each is a row of its own, by the primary key of {@code
 * customer_preference}.
 */
@ApplicationScoped
class Preferences {

    private static final Pattern KEY = Pattern.compile("(?=.{1,64}$)[a-z][a-z0-9]*(-[a-z0-9]+)*");

    private final CustomerReading reading;
    private final CustomerRegister register;
    private final Clock clock;

    Preferences(CustomerReading reading, CustomerRegister register, Clock clock) {
        this.reading = reading;
        this.register = register;
        this.clock = clock;
    }

    /** All that holds, by key. */
    List<HeldPreference> of(CustomerReference reference) {
        return Preference.byKey(reading.of(reference).preferences()).values().stream()
                .map(HeldPreference::of)
                .toList();
    }

    HeldPreference require(Customer customer, String key) {
        List<Preference> known = Preference.byKey(customer.preferences()).get(key);
        if (known == null) {
            throw unknown();
        }
        return HeldPreference.of(known);
    }

    /** Takes the place of what was learnt in the same way, unless that is newer. */
    Customer tell(
            CustomerReference reference,
            String key,
            ToldPreference told,
            @Nullable String ifMatch) {
        if (!KEY.matcher(key).matches()) {
            throw Refusal.invalid(
                    "invalid-preference-key",
                    "A key has words of a-z and 0-9 joined by hyphens, at most 64 characters, as in quiet-hours.",
                    new FieldError("key", "must be a slug"));
        }
        return register.change(
                reference,
                ifMatch,
                current ->
                        current.withPreferences(
                                all ->
                                        Preference.with(
                                                all,
                                                told.about(
                                                        key,
                                                        all,
                                                        clock.instant()
                                                                .truncatedTo(ChronoUnit.MICROS)))));
    }

    /** Takes away what was learnt in this way, or all that is known of the key. */
    Customer forget(
            CustomerReference reference,
            String key,
            @Nullable Learnt learnt,
            @Nullable String ifMatch) {
        Predicate<Preference> gone =
                one -> one.key().equals(key) && (learnt == null || one.learnt() == learnt);
        return register.change(
                reference,
                ifMatch,
                current ->
                        current.withPreferences(
                                all -> {
                                    if (all.stream().noneMatch(gone)) {
                                        throw unknown();
                                    }
                                    return all.stream().filter(gone.negate()).toList();
                                }));
    }

    private static Refusal unknown() {
        return Refusal.notFound("unknown-preference", "The customer has no such preference.");
    }
}

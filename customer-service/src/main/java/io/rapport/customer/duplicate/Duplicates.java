package io.rapport.customer.duplicate;

import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerRegister;
import io.rapport.customer.profile.CustomerRows;
import io.rapport.customer.profile.Profile;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Refusal;
import io.rapport.platform.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Makes customers unless they are likely there already, and remembers who is not the same. */
@ApplicationScoped
class Duplicates {

    private static final int MOST_CANDIDATES = 10;

    private final CustomerRegister register;
    private final CustomerRows customers;
    private final DuplicateRows rows;
    private final Caller caller;
    private final Clock clock;

    Duplicates(
            CustomerRegister register,
            CustomerRows customers,
            DuplicateRows rows,
            Caller caller,
            Clock clock) {
        this.register = register;
        this.customers = customers;
        this.rows = rows;
        this.caller = caller;
        this.clock = clock;
    }

    /**
     * Makes a customer: 409 with the most likely candidates, and nothing made, if there are any.
     */
    @Transactional(TxType.MANDATORY)
    Customer registerUnlessLikelyThere(Profile profile) {
        Customer made = register.register(profile);
        List<Candidate> likely =
                rows.of(made.id(), false, null).stream()
                        .limit(MOST_CANDIDATES)
                        .flatMap(Candidate::likely)
                        .toList();
        if (!likely.isEmpty()) {
            throw Refusal.conflict(
                            "possible-duplicates",
                            "Customers like this one are there already. Look at the candidates; if"
                                    + " it is none of them, repeat the request with duplicates=accept.")
                    .with("candidates", likely);
        }
        return made;
    }

    /** A customer that is there already, as a problem tells it: nothing of its profile. */
    record Candidate(UUID customer, DuplicateRule rule, double score, List<String> matched) {
        static Stream<Candidate> likely(Duplicate duplicate) {
            return Stream.ofNullable(duplicate.finding())
                    .filter(finding -> finding.hundredths() >= Match.LIKELY)
                    .map(
                            finding ->
                                    new Candidate(
                                            duplicate.customer(),
                                            finding.rule(),
                                            finding.score(),
                                            finding.matched()));
        }
    }

    /**
     * Remembers that the two are not the same, until somebody takes it back, and tells the other.
     * Both are held meanwhile, so that nothing is remembered of one who is erased.
     */
    @Transactional
    Duplicate deny(CustomerReference one, CustomerReference other) {
        UUID customer = id(one);
        UUID duplicate = id(other);
        Pair pair = Pair.of(customer, duplicate);
        register.hold(List.of(pair.a(), pair.b()));
        rows.deny(pair, clock.instant().truncatedTo(ChronoUnit.MICROS), caller.subject());
        return rows.find(customer, duplicate);
    }

    @Transactional
    Duplicate denyNoMore(CustomerReference one, CustomerReference other) {
        UUID customer = id(one);
        UUID duplicate = id(other);
        rows.denyNoMore(Pair.of(customer, duplicate));
        return rows.find(customer, duplicate);
    }

    private UUID id(CustomerReference reference) {
        return customers.require(reference).customer().id();
    }
}

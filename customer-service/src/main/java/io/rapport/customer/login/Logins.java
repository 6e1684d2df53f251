package io.rapport.customer.login;

import io.rapport.customer.Identity;
import io.rapport.customer.identity.IdentityChanges;
import io.rapport.customer.identity.IdentityClaims;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerRegister;
import io.rapport.customer.profile.ETags;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Links logins to customers and takes them away. A login is an identity of a reserved source: it
 * belongs to one customer at a time, and each change holds the customer and makes its next version.
 */
@ApplicationScoped
public class Logins {

    /** What a customer types in to prove that a login is theirs. It is told once and not kept. */
    @Schema(
            name = "LoginCode",
            requiredProperties = {"code", "expiresAt"},
            examples =
                    "{\"code\": \"oF9uHk1u3J2hQ0o4V7yq1A\", \"expiresAt\": \"2026-11-23T10:00:00Z\"}")
    public record IssuedCode(String code, Instant expiresAt) {}

    private final CustomerRegister register;
    private final IdentityClaims claims;
    private final LoginCodes codes;
    private final LoginConfig config;
    private final Clock clock;

    Logins(
            CustomerRegister register,
            IdentityClaims claims,
            LoginCodes codes,
            LoginConfig config,
            Clock clock) {
        this.register = register;
        this.claims = claims;
        this.codes = codes;
        this.config = config;
        this.clock = clock;
    }

    public static List<Identity> of(Customer customer) {
        return customer.identities().stream().filter(Identity::ofLogin).toList();
    }

    /** A code by which whoever logs in links that login to the customer. */
    @Transactional
    IssuedCode issueCode(CustomerReference reference) {
        Customer held = register.hold(reference);
        Instant expiresAt =
                clock.instant().plus(config.codeValidity()).truncatedTo(ChronoUnit.MILLIS);
        return new IssuedCode(codes.issue(held.id(), expiresAt), expiresAt);
    }

    /** Links the login that the caller has proven, by a code that nobody else has used. */
    @Transactional
    Customer prove(Identity login, String code) {
        UUID customer = codes.customer(code).orElseThrow(Logins::invalidCode);
        // The very customer: a code that was issued for one who was merged since links nobody else.
        Customer held = register.hold(List.of(customer)).getFirst();
        if (!codes.use(code, login, clock.instant())) {
            throw invalidCode();
        }
        return link(held, login);
    }

    /** Links a login on the word of an admin; nothing changes when it is the customer's already. */
    @Transactional
    Customer add(CustomerReference reference, Identity login) {
        return link(register.hold(reference), login);
    }

    /**
     * The last one only with {@code lastToo}: without any the customer reads nothing of itself. Who
     * has lost a login cannot link it again by a code of before.
     */
    @Transactional
    Customer remove(
            CustomerReference reference,
            Identity login,
            @Nullable String ifMatch,
            boolean lastToo) {
        Customer held = register.hold(reference);
        ETags.requireMatch(ifMatch, held.version());
        if (!held.identities().contains(login)) {
            throw Refusal.notFound("unknown-login", "This customer has no such login.");
        }
        if (of(held).size() == 1 && !lastToo) {
            throw Refusal.conflict(
                    "last-login",
                    "The customer could not log in any more. Say last=accept if that is meant.");
        }
        if (!claims.release(login, held.id())) {
            throw IdentityChanges.ofMember();
        }
        codes.revoke(held.id());
        return register.edit(held, customer -> customer.without(login));
    }

    private Customer link(Customer held, Identity login) {
        if (held.identities().contains(login)) {
            return held;
        }
        if (of(held).size() >= config.perCustomer()) {
            throw Refusal.conflict(
                    "too-many-logins",
                    "A customer has at most " + config.perCustomer() + " logins.");
        }
        if (!claims.claim(login, held.id())) {
            throw Refusal.conflict("login-taken", "This login is another customer's.");
        }
        return register.edit(held, customer -> customer.with(login));
    }

    private static Refusal invalidCode() {
        return Refusal.unprocessable(
                "invalid-login-code",
                "This code was not issued, has expired, was replaced or was used. Ask for a new one.");
    }
}

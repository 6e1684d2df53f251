package io.rapport.platform.security;

import io.quarkus.security.identity.SecurityIdentity;
import io.rapport.platform.CustomerReference;
import jakarta.enterprise.context.RequestScoped;
import jakarta.json.JsonString;
import java.util.Collection;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Who makes the current request, as the verified token says. */
@RequestScoped
public class Caller {

    private final SecurityIdentity identity;

    Caller(SecurityIdentity identity) {
        this.identity = identity;
    }

    /**
     * Staff speak for every source, a partner for those that its token lists in the claim {@code
     * sources}, but never for logins. What a no means is for each endpoint to say.
     */
    public boolean speaksFor(String source) {
        return isStaff() || tokenLists(source);
    }

    public boolean isStaff() {
        return Stream.of(Roles.AGENT, Roles.MANAGER, Roles.ADMIN).anyMatch(identity::hasRole);
    }

    /** Whom the token names by its subject: an id at the provider, not a name. */
    public String subject() {
        return ((JsonWebToken) identity.getPrincipal()).getSubject();
    }

    /** The login that the token proves, by which the caller's own customer is known. */
    public CustomerReference login() {
        if (identity.getPrincipal() instanceof JsonWebToken token) {
            return CustomerReference.login(token.getIssuer(), token.getSubject());
        }
        throw new IllegalStateException("nobody has logged in");
    }

    private boolean tokenLists(String source) {
        return !source.equals(CustomerReference.LOGIN)
                && identity.getPrincipal() instanceof JsonWebToken token
                && token.getClaim("sources") instanceof Collection<?> sources
                && sources.stream().map(Caller::text).anyMatch(source::equals);
    }

    private static String text(Object value) {
        return value instanceof JsonString string ? string.getString() : String.valueOf(value);
    }
}

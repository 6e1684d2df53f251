package io.rapport.platform.security;

import io.quarkus.security.identity.SecurityIdentity;
import io.rapport.platform.Refusal;
import jakarta.enterprise.context.RequestScoped;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Who makes the current request, as the verified token says. The identity of a caller is (issuer,
 * subject).
 */
@RequestScoped
public class Caller {

    private final SecurityIdentity identity;

    Caller(SecurityIdentity identity) {
        this.identity = identity;
    }

    public String issuer() {
        return identity.getPrincipal() instanceof JsonWebToken token && token.getIssuer() != null
                ? token.getIssuer()
                : "";
    }

    public String subject() {
        return identity.getPrincipal() instanceof JsonWebToken token && token.getSubject() != null
                ? token.getSubject()
                : "";
    }

    public Set<String> roles() {
        return Set.copyOf(identity.getRoles());
    }

    /** The sources that a partner may bring facts of: the claim {@code sources} of its token. */
    public Set<String> sources() {
        if (identity.getPrincipal() instanceof JsonWebToken token
                && token.getClaim("sources") instanceof Collection<?> sources) {
            return sources.stream().map(Caller::text).collect(Collectors.toUnmodifiableSet());
        }
        return Set.of();
    }

    /**
     * Refuses a caller that is nothing but a partner, and whose token does not list {@code source}.
     */
    public void requireSource(String source) {
        boolean trusted =
                identity.hasRole(Roles.AGENT)
                        || identity.hasRole(Roles.MANAGER)
                        || identity.hasRole(Roles.ADMIN);
        if (!trusted && !sources().contains(source)) {
            throw Refusal.forbidden("source-not-yours", "Your token does not list this source.");
        }
    }

    private static String text(Object value) {
        return value instanceof JsonString string
                ? string.getString()
                : value instanceof JsonValue json ? json.toString() : String.valueOf(value);
    }
}

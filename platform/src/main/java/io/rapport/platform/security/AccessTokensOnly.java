package io.rapport.platform.security;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Refuses tokens that were signed by the right provider for the right audience, but to say who
 * logged in (ID tokens) or to get other tokens (refresh tokens). Providers mark them differently;
 * what has no mark is taken as an access token.
 */
@Singleton
final class AccessTokensOnly implements SecurityIdentityAugmentor {

    /** Keycloak says {@code typ}, Amazon Cognito {@code token_use}. */
    private static final List<String> MARKS = List.of("typ", "token_use");

    private static final Set<String> ACCESS = Set.of("bearer", "access", "jwt", "at+jwt");

    /** Claims that OpenID Connect puts into ID tokens only. */
    private static final List<String> OF_ID_TOKENS = List.of("nonce", "at_hash", "c_hash");

    @Override
    public Uni<SecurityIdentity> augment(
            SecurityIdentity identity, AuthenticationRequestContext context) {
        return identity.getPrincipal() instanceof JsonWebToken token && !isAccessToken(token)
                ? Uni.createFrom().failure(new AuthenticationFailedException("not an access token"))
                : Uni.createFrom().item(identity);
    }

    /** A token of nobody is none either: a caller is known by issuer and subject. */
    static boolean isAccessToken(JsonWebToken token) {
        if (token.getSubject() == null || token.getSubject().isBlank()) {
            return false;
        }
        for (String mark : MARKS) {
            Object kind = token.getClaim(mark);
            if (kind != null) {
                return ACCESS.contains(kind.toString().toLowerCase(Locale.ROOT));
            }
        }
        return OF_ID_TOKENS.stream().noneMatch(token::containsClaim);
    }
}

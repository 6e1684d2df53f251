package io.rapport.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.oidc.OIDCException;
import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for a short time what a token that was checked says, because checking its signature
 * costs more than reading a customer. A token is never remembered beyond its own expiry; a key that
 * the provider withdraws is honoured until a token of a new key was seen, and at most {@code
 * rapport.tokens.remembered} longer. A provider that says nothing is waited for no longer than for
 * a connection to it.
 */
@Alternative
@Priority(1)
@ApplicationScoped
public class RememberedTokens implements HttpAuthenticationMechanism {

    private static final int AT_MOST = 10_000;

    private final OidcAuthenticationMechanism oidc;
    private final Clock clock;
    private final Duration patience;
    private final Cache<String, SecurityIdentity> checked;

    RememberedTokens(
            OidcAuthenticationMechanism oidc,
            Clock clock,
            @ConfigProperty(name = "rapport.tokens.remembered", defaultValue = "PT30S")
                    Duration remembered,
            @ConfigProperty(name = "quarkus.oidc.connection-timeout") Duration patience) {
        this.oidc = oidc;
        this.clock = clock;
        this.patience = patience;
        this.checked =
                Caffeine.newBuilder().maximumSize(AT_MOST).expireAfterWrite(remembered).build();
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            RoutingContext context, IdentityProviderManager providers) {
        String credentials = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (credentials == null) {
            return oidc.authenticate(context, providers);
        }
        SecurityIdentity known = checked.getIfPresent(credentials);
        if (known != null && !expired(known)) {
            return Uni.createFrom().item(known);
        }
        return oidc.authenticate(context, providers)
                .ifNoItem()
                .after(patience)
                .failWith(() -> new OIDCException("no answer of the provider"))
                .invoke(identity -> remember(credentials, identity));
    }

    private void remember(String credentials, @Nullable SecurityIdentity identity) {
        if (identity != null && identity.getPrincipal() instanceof JsonWebToken) {
            checked.put(credentials, identity);
        }
    }

    private boolean expired(SecurityIdentity identity) {
        return !(identity.getPrincipal() instanceof JsonWebToken token)
                || token.getExpirationTime() <= clock.instant().getEpochSecond();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return oidc.getChallenge(context);
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return oidc.getCredentialTypes();
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
        return oidc.getCredentialTransport(context);
    }

    @Override
    public int getPriority() {
        return oidc.getPriority() + 1;
    }
}

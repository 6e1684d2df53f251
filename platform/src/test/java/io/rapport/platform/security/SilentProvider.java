package io.rapport.platform.security;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.rapport.platform.testing.IdentityProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;

/**
 * While the service starts, connections to its provider are taken and never answered; the test gets
 * the socket that does so.
 */
public final class SilentProvider implements QuarkusTestResourceLifecycleManager {

    private final ServerSocket silence;

    public SilentProvider() {
        try {
            silence = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** After those of the suite, which set a local key. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public Map<String, String> start() {
        String url = IdentityProvider.url(silence.getLocalPort());
        return Map.of(
                "quarkus.oidc.public-key", "",
                "quarkus.oidc.auth-server-url", url,
                "quarkus.oidc.token.issuer", url,
                "quarkus.oidc.connection-timeout", "1S",
                "quarkus.oidc.token.forced-jwk-refresh-interval", "1S");
    }

    @Override
    public void inject(TestInjector test) {
        test.injectIntoFields(silence, new TestInjector.MatchesType(ServerSocket.class));
    }

    @Override
    public void stop() {
        try {
            silence.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

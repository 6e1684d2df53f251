package io.rapport.platform.http;

import io.rapport.platform.Refusal;
import io.rapport.platform.event.ConsumerProgress;
import io.rapport.platform.event.VersionWatch;
import io.rapport.platform.event.Versions;
import io.rapport.platform.event.Versions.Entry;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Every answer tells what it wrote or has seen; a request that sends that back waits until this
 * service has seen it too. The wait is bounded in time and the waiters in number; none of them
 * holds a connection or a transaction.
 */
@Singleton
final class VersionFilters {

    private final Versions versions;
    private final ConsumerProgress progress;
    private final VersionWatch watch;
    private final Duration wait;
    private final Semaphore waiters;

    VersionFilters(
            Versions versions,
            ConsumerProgress progress,
            VersionWatch watch,
            @ConfigProperty(name = "rapport.at-least.wait") Duration wait,
            @ConfigProperty(name = "rapport.at-least.waiters") int waiters) {
        this.versions = versions;
        this.progress = progress;
        this.watch = watch;
        this.wait = wait;
        this.waiters = new Semaphore(waiters);
    }

    @ServerRequestFilter
    void awaitAtLeast(ContainerRequestContext request) {
        String header = request.getHeaderString(VersionTokens.AT_LEAST);
        if (header == null) {
            return;
        }
        Set<Entry> missing = progress.missing(VersionTokens.parse(header));
        if (missing.isEmpty()) {
            return;
        }
        if (!waiters.tryAcquire()) {
            throw notYetSeen();
        }
        try {
            if (!watch.await(missing, wait)) {
                throw notYetSeen();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notYetSeen();
        } finally {
            waiters.release();
        }
    }

    /**
     * A refused write was rolled back, and so were the sequences that it had taken: only a success
     * tells them.
     */
    @ServerResponseFilter
    void tellVersion(ContainerResponseContext response) {
        if (response.getStatus() < 400
                && !response.getHeaders().containsKey(VersionTokens.VERSION)) {
            String tokens = VersionTokens.render(versions.entries());
            if (!tokens.isEmpty()) {
                response.getHeaders().putSingle(VersionTokens.VERSION, tokens);
            }
        }
    }

    private static Refusal notYetSeen() {
        return Refusal.unavailable(
                "not-yet-seen",
                "This service has not seen that version yet. Repeat the same request in a moment.");
    }
}

package io.rapport.interaction.inbound;

import io.rapport.directory.Directory;
import io.rapport.directory.Directory.Named;
import io.rapport.directory.DirectoryConfig;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.jdbi.v3.core.Jdbi;

/**
 * Finds the customers whom messages name. One who is not known is waited for as long as a request
 * would wait, counted from when the message came, and never taken for unknown before the directory
 * has come as far as the fetch: that it is behind is no fault of the message.
 */
@ApplicationScoped
class CustomersOfMessages {

    // As of the live generation; nothing proven is as good as not reached.
    private static final String REACHED =
            """
            SELECT coalesce(min(c.caught_up) >= :time, false) FROM projection AS p
            JOIN consumer_position AS c ON c.consumer = p.live_consumer WHERE p.name = 'directory'""";

    private final Directory directory;
    private final Jdbi jdbi;
    private final Clock clock;
    private final Duration patience;
    private final Duration poll;

    CustomersOfMessages(Directory directory, Jdbi jdbi, Clock clock, DirectoryConfig config) {
        this.directory = directory;
        this.jdbi = jdbi;
        this.clock = clock;
        this.patience = config.patience();
        this.poll = config.poll();
    }

    Named find(Collection<CustomerReference> references, Stretch stretch) {
        Named named = directory.find(references);
        Instant enough = stretch.lastCame().plus(patience);
        Instant longest = stretch.fetchedAt().plus(patience.multipliedBy(2));
        while (unknown(references, named)) {
            Instant now = clock.instant();
            // Asked before, so that the directory is read as it was then, or later.
            boolean settled = !now.isBefore(enough) && hasReached(stretch.fetchedAt());
            named = directory.find(references);
            if (settled) {
                return named;
            }
            if (now.isAfter(longest)) {
                throw Refusal.unavailable(
                        "directory-behind",
                        "A customer is not known, and which customers there are is not known up to now.");
            }
            sleep();
        }
        return named;
    }

    private static boolean unknown(Collection<CustomerReference> references, Named named) {
        return references.stream()
                .anyMatch(
                        reference ->
                                !named.customers().containsKey(reference)
                                        && !named.erased().contains(reference));
    }

    private boolean hasReached(Instant time) {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(REACHED).bind("time", time).mapTo(boolean.class).one());
    }

    private void sleep() {
        try {
            Thread.sleep(poll);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.unavailable("shutting-down", "The service is shutting down.");
        }
    }
}

package io.rapport.feedback.intake;

import io.rapport.directory.Directory;
import io.rapport.feedback.intake.Intake.Taken;
import io.rapport.platform.Refusal;
import io.rapport.platform.event.Versions;
import io.rapport.platform.http.IdempotencyKeys;
import io.rapport.platform.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What comes before a rating is taken in: is it sound, may this caller, who is the customer, was it
 * sent before?
 */
@ApplicationScoped
class Reception {

    private static final String OPERATION = "giveFeedback";

    private final Intake intake;
    private final IdempotencyKeys idempotencyKeys;
    private final Directory directory;
    private final Versions versions;
    private final Caller caller;
    private final Clock clock;

    Reception(
            Intake intake,
            IdempotencyKeys idempotencyKeys,
            Directory directory,
            Versions versions,
            Caller caller,
            Clock clock) {
        this.intake = intake;
        this.idempotencyKeys = idempotencyKeys;
        this.directory = directory;
        this.versions = versions;
        this.caller = caller;
        this.clock = clock;
    }

    /**
     * Waits for the customer outside any transaction; a natural key does the work of an idempotency
     * key.
     */
    Response receive(@Nullable String idempotencyKey, NewFeedback given) {
        given.requireValidAt(clock.instant());
        requireOwnSources(given);
        UUID customer = directory.await(given.customer());
        if (idempotencyKey == null && given.hasNaturalKey()) {
            return take(customer, given);
        }
        return idempotencyKeys.once(OPERATION, idempotencyKey, given, () -> take(customer, given));
    }

    /**
     * A partner speaks of its own sources only: where the feedback comes from, and how it names the
     * customer.
     */
    private void requireOwnSources(NewFeedback given) {
        if (!caller.speaksFor(Objects.requireNonNullElse(given.source(), ""))) {
            throw Refusal.forbidden(
                    "source-not-yours", "Your token does not list the source of this feedback.");
        }
        if (given.customer().id().isEmpty() && !caller.speaksFor(given.customer().source())) {
            throw Refusal.forbidden(
                    "source-not-yours",
                    "Your token does not list the source that names this customer.");
        }
    }

    private Response take(UUID customer, NewFeedback given) {
        Taken taken = intake.take(customer, given);
        if (taken.isNew()) {
            URI location = URI.create("/feedback/" + taken.feedback().id());
            return Response.created(location).entity(taken.feedback()).build();
        }
        versions.read(taken.feedback().customer());
        return Response.ok(taken.feedback()).build();
    }
}

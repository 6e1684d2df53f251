package io.rapport.customer.profile;

import io.quarkus.arc.Arc;
import io.rapport.platform.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a change, and why: the caller's token subject, without a name, and the reason that it
 * gave. Outside of a request the service itself is the actor.
 */
@ApplicationScoped
class ChangeActor {

    private static final String SELF = "customer-service";

    private final Caller caller;
    private final ChangeReason reason;

    ChangeActor(Caller caller, ChangeReason reason) {
        this.caller = caller;
        this.reason = reason;
    }

    String subject() {
        return isAsked() ? caller.subject() : SELF;
    }

    @Nullable String reason() {
        return isAsked() ? reason.text() : null;
    }

    private static boolean isAsked() {
        return Arc.container().requestContext().isActive();
    }
}

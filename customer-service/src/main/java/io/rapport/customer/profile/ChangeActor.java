package io.rapport.customer.profile;

import io.quarkus.arc.Arc;
import io.rapport.platform.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a change, and why: the caller's token subject, without a name, and the reason that it
 * gave. Outside of a request it is on whose behalf the work goes on, or else the service itself.
 */
@ApplicationScoped
public class ChangeActor {

    /** Who asked for work that goes on after its request, and the reason given with it. */
    public record Behalf(String subject, @Nullable String reason) {}

    private static final Behalf SELF = new Behalf("customer-service", null);
    private static final ScopedValue<Behalf> BEHALF = ScopedValue.newInstance();

    private final Caller caller;
    private final ChangeReason reason;

    ChangeActor(Caller caller, ChangeReason reason) {
        this.caller = caller;
        this.reason = reason;
    }

    /** Who acts now, also for work that goes on later. */
    public Behalf current() {
        if (BEHALF.isBound()) {
            return BEHALF.get();
        }
        return Arc.container().requestContext().isActive()
                ? new Behalf(caller.subject(), reason.text())
                : SELF;
    }

    /** Runs work of somebody whose request has ended. */
    public static <T> T actingFor(Behalf behalf, Supplier<T> work) {
        return ScopedValue.where(BEHALF, behalf).call(work::get);
    }
}

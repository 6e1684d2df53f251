package io.rapport.operations.parked;

import io.rapport.platform.CustomerReference;
import io.rapport.platform.http.Cursor;
import io.rapport.platform.http.Page;
import io.rapport.platform.http.PageRequest;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * The events that a service could not apply, for an admin to see, retry and discard. Each service
 * extends it with the path below which they stand, and with the roles once more: those here are
 * enforced, those there are told by the API's description.
 */
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@Tag(
        name = "Parked events",
        description = "Events that this service could not apply, and what waits behind them.")
@RunOnVirtualThread
public abstract class ParkedEventsResource {

    private static final String PROBLEM = "Problem";

    private final ParkedEventCommands parked;
    private final Function<CustomerReference, UUID> customers;

    /** With what finds the customer by an identity, or refuses when there is none. */
    protected ParkedEventsResource(
            ParkedEventCommands parked, Function<CustomerReference, UUID> customers) {
        this.parked = parked;
        this.customers = customers;
    }

    @GET
    @Operation(
            operationId = "listParked{Service}Events",
            summary = "List the events that this service could not apply, oldest first")
    @APIResponse(responseCode = "200", description = "A page of parked events.")
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(responseCode = "404", ref = PROBLEM)
    public Page<ParkedEvent> list(
            @QueryParam("consumer")
                    @Parameter(description = "Only those of this consumer.", example = "earning")
                    @Nullable String consumer,
            @QueryParam("customer")
                    @Parameter(
                            description =
                                    "Only those of this customer: an id, or source:externalId.",
                            example = "online-retail:17850")
                    @Nullable String customer,
            @BeanParam PageRequest page) {
        UUID id = customer == null ? null : customerId(CustomerReference.parse(customer));
        String filters = "parked-events of " + id + " by " + Objects.toString(consumer, "");
        UUID after = page.after(filters).map(cursor -> cursor.uuid(0)).orElse(null);
        List<ParkedEvent> found = parked.list(consumer, id, after, page.limitPlusOne());
        return Page.of(found, page.limit(), filters, last -> Cursor.of(last.id()));
    }

    /** An event may be parked because its customer is not known yet, so an id is taken as it is. */
    private UUID customerId(CustomerReference reference) {
        return reference.id().orElseGet(() -> customers.apply(reference));
    }

    @GET
    @Path("/{id}")
    @Operation(
            operationId = "getParked{Service}Event",
            summary = "Read a parked event with its headers and its payload",
            description =
                    "The payload is told of event logs only: other topics carry personal data.")
    @APIResponse(responseCode = "200", description = "The parked event.")
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(responseCode = "404", ref = PROBLEM)
    public ParkedContent read(
            @PathParam("id") @Parameter(description = "The parked event's id.") UUID id) {
        return parked.require(id);
    }

    @POST
    @Path("/{id}/retry")
    @Operation(
            operationId = "retryParked{Service}Event",
            summary = "Apply a parked event again, and what waits behind it",
            description =
                    "Needs no Idempotency-Key: an event takes effect once, and then is not parked any more (404). 409"
                            + " `still-refused`: it was refused again, for the cause that it has now. 409"
                            + " `behind-another`: another of its customer comes first.")
    @APIResponse(responseCode = "200", description = "What took effect, and what is still parked.")
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(responseCode = "404", ref = PROBLEM)
    @APIResponse(responseCode = "409", ref = PROBLEM)
    public Released retry(
            @PathParam("id") @Parameter(description = "The parked event's id.") UUID id) {
        return parked.retry(id);
    }

    @POST
    @Path("/{id}/discard")
    @Operation(
            operationId = "discardParked{Service}Event",
            summary = "Give a parked event up, and apply what waits behind it",
            description =
                    "It never takes effect then, and cannot be had back. Needs no Idempotency-Key: once discarded it is"
                            + " not parked any more (404). 409 `behind-another`: another of its customer comes first.")
    @APIResponse(responseCode = "200", description = "What took effect, and what is still parked.")
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(responseCode = "404", ref = PROBLEM)
    @APIResponse(responseCode = "409", ref = PROBLEM)
    public Released discard(
            @PathParam("id") @Parameter(description = "The parked event's id.") UUID id,
            @NotNull @Valid DiscardReason why) {
        return parked.discard(id, why.reason(), Boolean.TRUE.equals(why.forged()));
    }
}

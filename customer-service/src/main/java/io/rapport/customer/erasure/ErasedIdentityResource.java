package io.rapport.customer.erasure;

import io.rapport.customer.profile.CustomerAnswers;
import io.rapport.customer.profile.ErasedIdentities;
import io.rapport.platform.Refusal;
import io.rapport.platform.security.Caller;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Lets identities of erased customers be taken in again. */
@Path("/erased-identities")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Erasure")
public class ErasedIdentityResource {

    private final ErasedIdentities erased;
    private final Caller caller;
    private final Clock clock;

    ErasedIdentityResource(ErasedIdentities erased, Caller caller, Clock clock) {
        this.erased = erased;
        this.caller = caller;
        this.clock = clock;
    }

    @POST
    @Path("lift")
    @RolesAllowed(Roles.MANAGER)
    @Operation(
            operationId = "liftErasedIdentity",
            summary = "Let an erased identity be taken in again",
            description =
                    "Nothing of the erased customer comes back: the identity may name a new one. Again: the first"
                            + " answer, so it needs no Idempotency-Key. 404 not-erased when the identity was never"
                            + " erased.")
    @APIResponse(
            responseCode = "200",
            description = "Since when it may be.",
            content = @Content(schema = @Schema(implementation = LiftedIdentity.class)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    public LiftedIdentity lift(@NotNull @Valid LiftRequest request) {
        return erased.lift(
                        request.named(),
                        caller.subject(),
                        request.reason(),
                        clock.instant().truncatedTo(ChronoUnit.MICROS))
                .map(LiftedIdentity::new)
                .orElseThrow(
                        () ->
                                Refusal.notFound(
                                        "not-erased",
                                        "No customer under this identity was erased."));
    }
}

package io.rapport.customer.erasure;

import io.rapport.customer.erasure.LiftRequest.ErasedValue;
import io.rapport.customer.profile.AttributeKey;
import io.rapport.customer.profile.AttributeReading;
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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
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
    private final AttributeReading attributes;
    private final Caller caller;
    private final Clock clock;

    ErasedIdentityResource(
            ErasedIdentities erased, AttributeReading attributes, Caller caller, Clock clock) {
        this.erased = erased;
        this.attributes = attributes;
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
                    "Nothing of the erased customer comes back: the identity, login or value of a unique attribute may"
                            + " name a new one. Again: the first answer, so it needs no Idempotency-Key. 404 not-erased"
                            + " when it was never erased; 404 unknown-attribute and 409 attribute-not-unique when values"
                            + " of this attribute name nobody.")
    @APIResponse(
            responseCode = "200",
            description = "Since when it may be.",
            content = @Content(schema = @Schema(implementation = LiftedIdentity.class)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "409", ref = CustomerAnswers.PROBLEM)
    public LiftedIdentity lift(@NotNull @Valid LiftRequest request) {
        String by = caller.subject();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return request.requireOne()
                .named()
                .map(identity -> erased.lift(identity, by, request.reason(), now))
                .orElseGet(() -> erased.lift(value(request), by, request.reason(), now))
                .map(LiftedIdentity::new)
                .orElseThrow(
                        () ->
                                Refusal.notFound(
                                        "not-erased",
                                        "No customer under this identity was erased."));
    }

    private AttributeKey value(LiftRequest request) {
        ErasedValue value = Objects.requireNonNull(request.attribute());
        return attributes.key(value.name(), value.value(), "/attribute/value");
    }
}

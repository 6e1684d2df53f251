package io.rapport.customer.identity;

import io.rapport.customer.Identity;
import io.rapport.customer.profile.ChangeReason;
import io.rapport.customer.profile.CustomerAnswers;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.http.IdempotencyKeys;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Moves an identity from the customer that it names to another. */
@Path("/customers/by/{source}/{externalId}/move")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Identities")
public class IdentityMoveResource {

    /** Where to. */
    @Schema(
            name = "IdentityTarget",
            requiredProperties = "customer",
            examples = "{\"customer\": \"019aa5c3-11d2-7a90-8c41-5b7e2f90ac02\"}")
    public record Target(
            @Schema(implementation = String.class, description = CustomerAnswers.REFERENCE) @NotNull
                    CustomerReference customer) {}

    /** All that decides what a move does. */
    private record Move(Identity identity, CustomerReference target) {}

    private final IdentityMove moves;
    private final IdempotencyKeys keys;

    IdentityMoveResource(IdentityMove moves, IdempotencyKeys keys) {
        this.moves = moves;
        this.keys = keys;
    }

    @POST
    @RolesAllowed({Roles.AGENT, Roles.MANAGER})
    @Operation(
            operationId = "moveIdentity",
            summary = "Let an identity name another customer from now on",
            description =
                    "Facts that have arrived stay with the customer they arrived on; the answer counts them, and so"
                            + " does a dry run. Facts that are handed in under the identity later are the new"
                            + " customer's.")
    @Parameter(
            name = ChangeReason.HEADER,
            in = ParameterIn.HEADER,
            description = ChangeReason.DESCRIPTION,
            schema = @Schema(type = SchemaType.STRING))
    @APIResponse(
            responseCode = "200",
            description = "What was moved, or would be, and what stays.",
            content = @Content(schema = @Schema(implementation = MovedIdentity.class)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "409", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "422", ref = CustomerAnswers.PROBLEM)
    public Response move(
            @Parameter(example = "online-retail") @PathParam("source") String source,
            @Parameter(example = "17850") @PathParam("externalId") String externalId,
            @Parameter(
                            description =
                                    "The same key and body again: the first answer, and no second move. Not asked"
                                            + " for by a dry run.",
                            example = "7b1f4c1e-52a0-4c7e-9a1b-0d2f6e8c4b35")
                    @HeaderParam("Idempotency-Key")
                    @Nullable String idempotencyKey,
            @QueryParam("dryRun")
                    @DefaultValue("false")
                    @Pattern(regexp = "true|false", message = "must be true or false")
                    @Parameter(
                            description = "Only tell what would be moved, and what would stay.",
                            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
                    String dryRun,
            @NotNull @Valid Target target) {
        Identity identity = Identity.presented(source, externalId);
        return dryRun.equals("true")
                ? Response.ok(moves.preview(identity, target.customer())).build()
                : keys.once(
                        "moveIdentity",
                        idempotencyKey,
                        new Move(identity, target.customer()),
                        () -> Response.ok(moves.move(identity, target.customer())).build());
    }
}

package io.rapport.interaction.correction;

import io.rapport.interaction.Interaction;
import io.rapport.platform.http.IdempotencyKeys;
import io.rapport.platform.http.Problem;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Corrects what an interaction says; what it said stays readable. */
@Path("/interactions/{id}/corrections")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.AGENT, Roles.MANAGER})
@RunOnVirtualThread
@Tag(name = "Interactions")
public class CorrectionResource {

    private static final String PROBLEM = "Problem";

    /** All that decides what a correction does. */
    private record Asked(UUID interaction, Correction correction) {}

    private final Corrections corrections;
    private final IdempotencyKeys keys;

    CorrectionResource(Corrections corrections, IdempotencyKeys keys) {
        this.corrections = corrections;
        this.keys = keys;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "correctInteraction",
            summary = "Correct an interaction by a new version",
            description =
                    "The version before stays readable. Customer, source, type, channel, direction, amount and time stay"
                            + " as they were recorded, for others have reckoned with them. At most 10 times.")
    @APIResponse(
            responseCode = "200",
            description = "The interaction in its new version.",
            content = @Content(schema = @Schema(implementation = Interaction.class)))
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(responseCode = "404", ref = PROBLEM)
    @APIResponse(
            responseCode = "409",
            description =
                    "`not-the-newest-version`: it was corrected since. `figures-stay`: the correction changes what others"
                            + " have reckoned with. `nothing-to-correct`: it says all of that. `too-many-corrections`.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = PROBLEM)))
    @APIResponse(responseCode = "410", ref = PROBLEM)
    @APIResponse(responseCode = "422", ref = PROBLEM)
    public Response correct(
            @Parameter(description = "The interaction's id.") @PathParam("id") UUID id,
            @Parameter(
                            description = "The same key and body again: the first answer.",
                            required = true,
                            example = "7b1f4c1e-52a0-4c7e-9a1b-0d2f6e8c4b35")
                    @HeaderParam(IdempotencyKeys.HEADER)
                    @Nullable String idempotencyKey,
            @NotNull @Valid Correction correction) {
        return keys.once(
                "correctInteraction",
                idempotencyKey,
                new Asked(id, correction),
                () -> Response.ok(corrections.correct(id, correction)).build());
    }
}

package io.rapport.interaction.promise;

import io.rapport.interaction.InteractionAccess;
import io.rapport.platform.http.IdempotencyKeys;
import io.rapport.platform.http.Problem;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What is promised in an interaction. */
@Path("/interactions/{interaction}/promises")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.PARTNER})
@RunOnVirtualThread
@Tag(name = "Promises", description = "What we promised, until when, and what became of it.")
public class InteractionPromisesResource {

    private static final String PROBLEM = "Problem";

    /** All that decides what is promised. */
    private record Asked(UUID interaction, NewPromise promised) {}

    private final Promises promises;
    private final InteractionAccess access;
    private final Validator validator;
    private final IdempotencyKeys keys;

    InteractionPromisesResource(
            Promises promises,
            InteractionAccess access,
            Validator validator,
            IdempotencyKeys keys) {
        this.promises = promises;
        this.access = access;
        this.validator = validator;
        this.keys = keys;
    }

    @POST
    @Operation(
            operationId = "makePromise",
            summary = "Promise something in an interaction, until a time to come",
            description =
                    "An employee or a rule makes it. It is broken by itself from the instant on at which it is due,"
                            + " unless it came out before. A partner promises in interactions of its own sources only.")
    @APIResponse(
            responseCode = "201",
            description = "The promise, which is open.",
            headers =
                    @Header(
                            name = "Location",
                            description = "The path of the promise.",
                            schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = Promise.class)))
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(
            responseCode = "404",
            description =
                    "`unknown-interaction`: there is none with this id, or it is not the caller's.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = PROBLEM)))
    @APIResponse(responseCode = "409", ref = PROBLEM)
    @APIResponse(responseCode = "410", ref = PROBLEM)
    @APIResponse(responseCode = "422", ref = PROBLEM)
    public Response make(
            @Parameter(description = "The interaction's id.") @PathParam("interaction")
                    UUID interaction,
            @Parameter(
                            description = "The same key and body again: the first answer.",
                            required = true,
                            example = "7b1f4c1e-52a0-4c7e-9a1b-0d2f6e8c4b35")
                    @HeaderParam(IdempotencyKeys.HEADER)
                    @Nullable String idempotencyKey,
            @NotNull NewPromise promised) {
        // First, so that a partner learns nothing of what is not its own.
        UUID customer = access.customerOf(interaction);
        Set<ConstraintViolation<NewPromise>> violations = validator.validate(promised);
        if (!violations.isEmpty()) {
            throw new ConstraintViolationException(violations);
        }
        return keys.once(
                "makePromise",
                idempotencyKey,
                new Asked(interaction, promised),
                () -> made(promises.make(customer, interaction, promised)));
    }

    private static Response made(Promise promise) {
        return Response.created(URI.create("/interactions/promises/" + promise.id()))
                .entity(promise)
                .build();
    }
}

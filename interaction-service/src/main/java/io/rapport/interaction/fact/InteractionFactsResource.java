package io.rapport.interaction.fact;

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

/** What customers tell us in an interaction. */
@Path("/interactions/{interaction}/facts")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.PARTNER})
@RunOnVirtualThread
@Tag(name = "Facts", description = "What customers told us, and until when it holds.")
public class InteractionFactsResource {

    private static final String PROBLEM = "Problem";

    /** All that decides what is told. */
    private record Asked(UUID interaction, NewFact told) {}

    private final Facts facts;
    private final InteractionAccess access;
    private final Validator validator;
    private final IdempotencyKeys keys;

    InteractionFactsResource(
            Facts facts, InteractionAccess access, Validator validator, IdempotencyKeys keys) {
        this.facts = facts;
        this.access = access;
        this.validator = validator;
        this.keys = keys;
    }

    @POST
    @Operation(
            operationId = "tellFact",
            summary = "Tell a fact in an interaction",
            description =
                    "Of each key one in an interaction. What was told last under a key is known until it does not hold"
                            + " any more. If the customer stated the same in an earlier interaction, and that still held,"
                            + " it was repeated. A partner tells in interactions of its own sources only, and what it"
                            + " tells is not compared: it would learn what the customer told others.")
    @APIResponse(
            responseCode = "201",
            description = "The fact.",
            headers =
                    @Header(
                            name = "Location",
                            description = "The path of the fact.",
                            schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = Fact.class)))
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(
            responseCode = "404",
            description =
                    "`unknown-interaction`: there is none with this id, or it is not the caller's.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = PROBLEM)))
    @APIResponse(
            responseCode = "409",
            description =
                    "`fact-told-already`: something was told under this key in this interaction; correct that.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = PROBLEM)))
    @APIResponse(responseCode = "410", ref = PROBLEM)
    @APIResponse(responseCode = "422", ref = PROBLEM)
    public Response tell(
            @Parameter(description = "The interaction's id.") @PathParam("interaction")
                    UUID interaction,
            @Parameter(
                            description = "The same key and body again: the first answer.",
                            required = true,
                            example = "7b1f4c1e-52a0-4c7e-9a1b-0d2f6e8c4b35")
                    @HeaderParam(IdempotencyKeys.HEADER)
                    @Nullable String idempotencyKey,
            @NotNull NewFact told) {
        // First, so that a partner learns nothing of what is not its own.
        UUID customer = access.customerOf(interaction);
        Set<ConstraintViolation<NewFact>> violations = validator.validate(told);
        if (!violations.isEmpty()) {
            throw new ConstraintViolationException(violations);
        }
        return keys.once(
                "tellFact",
                idempotencyKey,
                new Asked(interaction, told),
                () -> made(facts.tell(customer, interaction, told)));
    }

    private static Response made(Fact fact) {
        return Response.created(URI.create("/interactions/facts/" + fact.id()))
                .entity(fact)
                .build();
    }
}

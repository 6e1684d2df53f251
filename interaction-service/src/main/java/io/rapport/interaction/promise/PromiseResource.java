package io.rapport.interaction.promise;

import io.rapport.interaction.InteractionAccess;
import io.rapport.platform.Refusal;
import io.rapport.platform.event.Versions;
import io.rapport.platform.http.Problem;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** One promise, and what becomes of it. */
@Path("/interactions/promises/{promise}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Promises")
public class PromiseResource {

    private static final String PROBLEM = "Problem";
    private static final String UNKNOWN =
            "`unknown-promise`: there is none with this id, or it is not the caller's.";

    private static final String OWNER =
            """
            SELECT i.customer_id, i.source FROM promise AS p
            JOIN interaction AS i ON i.customer_id = p.customer_id AND i.id = p.interaction_id
            WHERE p.id = ?""";

    private final Promises promises;
    private final PromiseRows rows;
    private final InteractionAccess access;
    private final Validator validator;
    private final Versions versions;

    PromiseResource(
            Promises promises,
            PromiseRows rows,
            InteractionAccess access,
            Validator validator,
            Versions versions) {
        this.promises = promises;
        this.rows = rows;
        this.access = access;
        this.validator = validator;
        this.versions = versions;
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN, Roles.PARTNER})
    @Operation(
            operationId = "getPromise",
            summary = "Read a promise, and how it stands with it now",
            description = "A partner finds those of interactions of its own sources only.")
    @APIResponse(responseCode = "200", description = "The promise.")
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(
            responseCode = "404",
            description = UNKNOWN,
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = PROBLEM)))
    @APIResponse(responseCode = "410", ref = PROBLEM)
    public Promise get(
            @Parameter(description = "The promise's id.") @PathParam("promise") UUID promise) {
        UUID customer = customerOf(promise);
        versions.read(customer);
        return rows.byId(customer, promise);
    }

    @POST
    @Path("outcome")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.PARTNER})
    @Operation(
            operationId = "settlePromise",
            summary = "Say what has become of a promise, once and for good",
            description =
                    "Before it is due it is kept, exceeded, withdrawn, or broken already. From the instant on at which"
                            + " it is due it is broken, and nothing else can be said. The same again: the promise as it"
                            + " stands, so it needs no Idempotency-Key.")
    @APIResponse(responseCode = "200", description = "The promise as it stands now.")
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(
            responseCode = "404",
            description = UNKNOWN,
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = PROBLEM)))
    @APIResponse(
            responseCode = "409",
            description =
                    "`promise-is-closed`: it has come out otherwise, or was due before. `state` says how.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = PROBLEM)))
    @APIResponse(responseCode = "410", ref = PROBLEM)
    public Promise settle(
            @Parameter(description = "The promise's id.") @PathParam("promise") UUID promise,
            @NotNull Settlement said) {
        // First, so that a partner learns nothing of what is not its own.
        UUID customer = customerOf(promise);
        Set<ConstraintViolation<Settlement>> violations = validator.validate(said);
        if (!violations.isEmpty()) {
            throw new ConstraintViolationException(violations);
        }
        said.requireSound();
        versions.read(customer);
        return promises.settle(customer, promise, said);
    }

    private UUID customerOf(UUID promise) {
        return access.customerOf(
                OWNER,
                promise,
                Refusal.notFound("unknown-promise", "There is no promise with this id."));
    }
}

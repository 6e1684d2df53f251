package io.rapport.interaction.fact;

import io.rapport.platform.event.Versions;
import io.rapport.platform.http.IdempotencyKeys;
import io.rapport.platform.http.Page;
import io.rapport.platform.http.Problem;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** One fact: what it says, what it said before, its correction, and how it is forgotten. */
@Path("/interactions/facts/{fact}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Facts")
public class FactResource {

    private static final String PROBLEM = "Problem";
    private static final String ID = "The fact's id.";

    /** All that decides what a correction does. */
    private record Asked(UUID fact, FactCorrection correction) {}

    private final Facts facts;
    private final FactRows rows;
    private final FactVersionRows history;
    private final FactOwners owners;
    private final Versions versions;
    private final IdempotencyKeys keys;

    FactResource(
            Facts facts,
            FactRows rows,
            FactVersionRows history,
            FactOwners owners,
            Versions versions,
            IdempotencyKeys keys) {
        this.facts = facts;
        this.rows = rows;
        this.history = history;
        this.owners = owners;
        this.versions = versions;
        this.keys = keys;
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(operationId = "getFact", summary = "Read a fact in its newest version")
    @APIResponse(
            responseCode = "200",
            description = "The fact; without what it said where it was forgotten.")
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(responseCode = "404", ref = PROBLEM)
    @APIResponse(responseCode = "410", ref = PROBLEM)
    public Fact get(@Parameter(description = ID) @PathParam("fact") UUID fact) {
        UUID customer = owners.customerOf(fact);
        versions.read(customer);
        return rows.find(customer, fact).orElseThrow();
    }

    @GET
    @Path("versions")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(
            operationId = "listFactVersions",
            summary = "List what a fact said in each version, the newest first",
            description =
                    "At most 11: all of them are on the one page. Of what was forgotten only times are left.")
    @APIResponse(responseCode = "200", description = "All versions.")
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(responseCode = "404", ref = PROBLEM)
    @APIResponse(responseCode = "410", ref = PROBLEM)
    public Page<FactVersion> versions(@Parameter(description = ID) @PathParam("fact") UUID fact) {
        UUID customer = owners.customerOf(fact);
        versions.read(customer);
        return new Page<>(history.of(List.of(rows.find(customer, fact).orElseThrow())), null);
    }

    @POST
    @Path("corrections")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER})
    @Operation(
            operationId = "correctFact",
            summary = "Correct a fact by a new version",
            description = "The version before stays readable. At most 10 times.")
    @APIResponse(
            responseCode = "200",
            description = "The fact in its new version.",
            content = @Content(schema = @Schema(implementation = Fact.class)))
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(responseCode = "404", ref = PROBLEM)
    @APIResponse(
            responseCode = "409",
            description =
                    "`not-the-newest-version`: it was corrected since. `fact-forgotten`, `nothing-to-correct`,"
                            + " `too-many-corrections`.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = PROBLEM)))
    @APIResponse(responseCode = "410", ref = PROBLEM)
    @APIResponse(responseCode = "422", ref = PROBLEM)
    public Response correct(
            @Parameter(description = ID) @PathParam("fact") UUID fact,
            @Parameter(
                            description = "The same key and body again: the first answer.",
                            required = true,
                            example = "7b1f4c1e-52a0-4c7e-9a1b-0d2f6e8c4b35")
                    @HeaderParam(IdempotencyKeys.HEADER)
                    @Nullable String idempotencyKey,
            @NotNull @Valid FactCorrection correction) {
        UUID customer = owners.customerOf(fact);
        return keys.once(
                "correctFact",
                idempotencyKey,
                new Asked(fact, correction),
                () -> Response.ok(facts.correct(customer, fact, correction, Teller.STAFF)).build());
    }

    @POST
    @Path("forget")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER})
    @Operation(
            operationId = "forgetFact",
            summary = "Forget a fact, and what was told under its key before",
            description =
                    "What all its versions said goes for good, but only after a day from answers that are kept for repeated"
                            + " requests; that something was told, and when, stays. Words of the interaction stay, too."
                            + " The same again changes nothing, so it needs no Idempotency-Key.")
    @APIResponse(responseCode = "200", description = "The fact, without what it said.")
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(responseCode = "404", ref = PROBLEM)
    @APIResponse(responseCode = "410", ref = PROBLEM)
    public Fact forget(@Parameter(description = ID) @PathParam("fact") UUID fact) {
        UUID customer = owners.customerOf(fact);
        versions.read(customer);
        return facts.forget(customer, fact, Teller.STAFF);
    }
}

package io.rapport.interaction.clock;

import io.rapport.interaction.clock.RulesRows.Versioned;
import io.rapport.interaction.type.Preconditions;
import io.rapport.platform.http.Problem;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** How soon customers are to be answered, kept by managers. */
@Path("/interactions/clock-rules")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Clocks", description = "How long threads wait, in business time.")
public class ClockRulesResource {

    private static final String PROBLEM = "Problem";

    private final RulesRows rows;
    private final RulesChanges changes;

    ClockRulesResource(RulesRows rows, RulesChanges changes) {
        this.rows = rows;
        this.changes = changes;
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(
            operationId = "getClockRules",
            summary = "Read the calendars and policies that clocks are set by")
    @APIResponse(
            responseCode = "200",
            description = "The newest version; at first it is empty, and no clock is set.",
            headers =
                    @Header(
                            name = "ETag",
                            description = "The version of the rules.",
                            schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = ClockRules.class)))
    @APIResponse(responseCode = "304", description = "The caller has this version already.")
    @APIResponse(responseCode = "400", ref = PROBLEM)
    public Response get(
            @Parameter(description = "The ETag that the caller has: 304 while it is the newest.")
                    @HeaderParam(HttpHeaders.IF_NONE_MATCH)
                    @Nullable String ifNoneMatch) {
        Versioned newest = rows.newest();
        boolean known = Preconditions.names(ifNoneMatch, newest.version());
        return (known ? Response.notModified() : Response.ok(newest.rules()))
                .header(HttpHeaders.ETAG, Preconditions.tag(newest.version()))
                .build();
    }

    @GET
    @Path("versions/{version}")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(
            operationId = "getClockRulesVersion",
            summary = "Read the rules as they were at a version, which clocks name")
    @APIResponse(responseCode = "200", description = "The rules at that version.")
    @APIResponse(
            responseCode = "404",
            description = "`unknown-version`: they never had it.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = PROBLEM)))
    public ClockRules version(
            @Parameter(description = "The version.", example = "2") @PathParam("version")
                    long version) {
        return rows.require(version);
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.MANAGER)
    @Operation(
            operationId = "putClockRules",
            summary = "Replace the calendars and policies",
            description =
                    "Clocks that run go on by the version by which they were set; those that are set from now on name the"
                            + " new one. Older versions stay readable.")
    @APIResponse(
            responseCode = "200",
            description = "The rules as they are now; what changes nothing makes no new version.",
            headers =
                    @Header(
                            name = "ETag",
                            description = "The version of the rules.",
                            schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = ClockRules.class)))
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(responseCode = "412", ref = PROBLEM)
    @APIResponse(responseCode = "428", ref = PROBLEM)
    public Response put(
            @Parameter(description = "The ETag of the version that is changed.", required = true)
                    @HeaderParam(HttpHeaders.IF_MATCH)
                    @Nullable String ifMatch,
            @NotNull @Valid ClockRules rules) {
        Versioned now = changes.change(rules, ifMatch);
        return Response.ok(now.rules())
                .header(HttpHeaders.ETAG, Preconditions.tag(now.version()))
                .build();
    }
}

package io.rapport.interaction.timeline;

import io.rapport.directory.Directory;
import io.rapport.platform.event.Versions;
import io.rapport.platform.http.Page;
import io.rapport.platform.http.Problem;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What an interaction said at each of its versions. */
@Path("/interactions/{id}/versions")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
@RunOnVirtualThread
@Tag(name = "Interactions")
public class VersionsResource {

    private static final String PROBLEM = "Problem";

    private final Timeline timeline;
    private final InteractionVersions history;
    private final Directory directory;
    private final Versions versions;

    VersionsResource(
            Timeline timeline,
            InteractionVersions history,
            Directory directory,
            Versions versions) {
        this.timeline = timeline;
        this.history = history;
        this.directory = directory;
        this.versions = versions;
    }

    @GET
    @Operation(
            operationId = "listInteractionVersions",
            summary = "List the versions of an interaction, newest first",
            description = "At most 11: all of them are on the one page.")
    @APIResponse(responseCode = "200", description = "All versions, with reasons and actors.")
    @APIResponse(responseCode = "404", ref = PROBLEM)
    @APIResponse(
            responseCode = "410",
            description = "`customer-erased`: this customer was erased.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = PROBLEM)))
    public Page<InteractionVersion> list(
            @Parameter(description = "The interaction's id.") @PathParam("id") UUID id) {
        UUID customer = timeline.require(id).customer();
        directory.requireNotErased(customer);
        versions.read(customer);
        // Again, for it may have been corrected: what is told is never older than that version.
        return new Page<>(history.of(timeline.require(id)), null);
    }
}

package io.rapport.interaction.timeline;

import io.rapport.directory.Directory;
import io.rapport.directory.Relationship;
import io.rapport.interaction.Interaction;
import io.rapport.interaction.thread.Matters;
import io.rapport.interaction.type.Vocabularies;
import io.rapport.platform.event.Versions;
import io.rapport.platform.http.Page;
import io.rapport.platform.http.PageRequest;
import io.rapport.platform.http.Problem;
import io.rapport.platform.security.Caller;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Reads of the history: what everybody who serves the customer may see. */
@Path("/interactions")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(
        name = "Interactions",
        description = "What happened between a customer and us, recorded once and for good.")
public class TimelineResource {

    private static final String PROBLEM = "Problem";

    private final Timeline timeline;
    private final Matters matters;
    private final Directory directory;
    private final Vocabularies vocabularies;
    private final Versions versions;
    private final Caller caller;

    TimelineResource(
            Timeline timeline,
            Matters matters,
            Directory directory,
            Vocabularies vocabularies,
            Versions versions,
            Caller caller) {
        this.timeline = timeline;
        this.matters = matters;
        this.directory = directory;
        this.vocabularies = vocabularies;
        this.versions = versions;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(
            operationId = "listInteractions",
            summary = "List a customer's interactions, newest first",
            description =
                    "In the order of the time at which they occurred. Items come without their text. Of customers that"
                            + " were merged all are listed, each under the customer that it arrived on.")
    @APIResponse(
            responseCode = "200",
            description = "A page of interactions.",
            headers = {
                @Header(
                        name = "Content-Location",
                        description = "The list of the survivor, if a merged customer was named.",
                        schema = @Schema(type = SchemaType.STRING))
            })
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(
            responseCode = "404",
            description =
                    "`unknown-customer`: there is no such customer. `unknown-thread`: the customer has no such thread.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = PROBLEM)))
    @APIResponse(
            responseCode = "410",
            description = "`customer-erased`: this customer was erased.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = PROBLEM)))
    @APIResponse(
            responseCode = "422",
            description = "`too-much-found`: `q` was said in more than 5,000 interactions.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = PROBLEM)))
    public RestResponse<Page<Interaction>> list(
            @BeanParam TimelineQuery query, @BeanParam PageRequest page) {
        TimelineFilter filter = query.filter(vocabularies.current());
        Relationship of = directory.relationship(query.requireCustomer());
        String filters = "interactions of " + of.survivor() + " " + filter;
        Place last = page.after(filters).map(Place::of).orElse(null);
        int limit = page.limit();
        versions.read(of.members());
        List<Interaction> rows = timeline.page(of.members(), found(filter, of), last, limit + 1);
        return ResponseBuilder.ok(Page.of(rows, limit, filters, Place::at))
                .header(
                        HttpHeaders.CONTENT_LOCATION,
                        of.contentLocation("/interactions?customer=", ""))
                .build();
    }

    /** A thread that was merged shows what the other shows. */
    private TimelineFilter found(TimelineFilter filter, Relationship of) {
        UUID thread = filter.thread();
        return thread == null ? filter : filter.of(matters.root(thread, of.members()));
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN, Roles.PARTNER})
    @Operation(
            operationId = "getInteraction",
            summary = "Read an interaction with its text",
            description = "A partner finds those of its own sources only.")
    @APIResponse(responseCode = "200", description = "The interaction.")
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(
            responseCode = "404",
            description =
                    "`unknown-interaction`: there is none with this id, or it is not the caller's.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = PROBLEM)))
    @APIResponse(
            responseCode = "410",
            description = "`customer-erased`: this customer was erased.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = PROBLEM)))
    public Interaction get(
            @Parameter(description = "The interaction's id.") @PathParam("id") UUID id) {
        Interaction interaction = timeline.require(id);
        if (!caller.speaksFor(interaction.source())) {
            // A partner learns nothing of what others told, not even that it is there.
            throw Timeline.unknown();
        }
        directory.requireNotErased(interaction.customer());
        versions.read(interaction.customer());
        // Again, for it may have been corrected: what is told is never older than that version.
        return timeline.require(id);
    }
}

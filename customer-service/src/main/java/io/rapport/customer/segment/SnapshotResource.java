package io.rapport.customer.segment;

import io.rapport.customer.profile.CustomerAnswers;
import io.rapport.platform.http.Cursor;
import io.rapport.platform.http.IdempotencyKeys;
import io.rapport.platform.http.Page;
import io.rapport.platform.http.PageRequest;
import io.rapport.platform.http.Problem;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
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
import org.jspecify.annotations.Nullable;

/** The members of a segment as they were at a moment. */
@Path("/segments/{segment}/snapshots")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Segments", description = "Which customers meet conditions, and since when.")
public class SnapshotResource {

    private static final String ID = "The snapshot's id.";

    private final Snapshots snapshots;
    private final SnapshotRows rows;
    private final Segments segments;
    private final IdempotencyKeys keys;

    SnapshotResource(
            Snapshots snapshots, SnapshotRows rows, Segments segments, IdempotencyKeys keys) {
        this.snapshots = snapshots;
        this.rows = rows;
        this.segments = segments;
        this.keys = keys;
    }

    @POST
    @RolesAllowed(Roles.MANAGER)
    @Operation(
            operationId = "makeSegmentSnapshot",
            summary = "Keep the members of a segment as they are now",
            description = "As one moment sees them. Deleted after the configured time.")
    @APIResponse(
            responseCode = "201",
            description = "Kept.",
            headers =
                    @Header(
                            name = "Location",
                            description = CustomerAnswers.LOCATION,
                            schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = SnapshotView.class)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(
            responseCode = "409",
            description =
                    "`segment-building`: its members are being decided anew; `segment-too-large`: it has more members than"
                            + " a snapshot can hold; `too-many-snapshots`: it has as many as a segment can have.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(ref = CustomerAnswers.PROBLEM)))
    @APIResponse(responseCode = "422", ref = CustomerAnswers.PROBLEM)
    public Response make(
            @Parameter(description = SegmentResource.KEY, example = "silent-buyers")
                    @PathParam("segment")
                    String segment,
            @Parameter(description = "Names the intent.", required = true)
                    @HeaderParam(IdempotencyKeys.HEADER)
                    @Nullable String key) {
        return keys.once(
                "make-segment-snapshot",
                key,
                segment,
                () -> {
                    SnapshotView made = snapshots.make(segment);
                    return Response.status(Response.Status.CREATED)
                            .header(
                                    HttpHeaders.LOCATION,
                                    "/segments/%s/snapshots/%s".formatted(segment, made.id()))
                            .entity(made)
                            .build();
                });
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(
            operationId = "listSegmentSnapshots",
            summary = "List the snapshots of a segment, newest first")
    @APIResponse(responseCode = "200", description = "A page of snapshots.")
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    public Page<SnapshotView> list(
            @Parameter(description = SegmentResource.KEY, example = "silent-buyers")
                    @PathParam("segment")
                    String segment,
            @BeanParam PageRequest page) {
        String key = segments.require(segment).key();
        String filters = "snapshots of " + key;
        UUID before = page.after(filters).map(cursor -> cursor.uuid(0)).orElse(null);
        List<SnapshotView> found = snapshots.page(key, before, page.limitPlusOne());
        return Page.of(found, page.limit(), filters, last -> Cursor.of(last.id()));
    }

    @GET
    @Path("{snapshot}")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(operationId = "getSegmentSnapshot", summary = "Read what a snapshot is of")
    @APIResponse(responseCode = "200", description = "The snapshot, without its members.")
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    public SnapshotView get(
            @Parameter(description = SegmentResource.KEY, example = "silent-buyers")
                    @PathParam("segment")
                    String segment,
            @Parameter(description = ID, example = "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b12")
                    @PathParam("snapshot")
                    String snapshot) {
        return snapshots.require(segment, snapshot);
    }

    @GET
    @Path("{snapshot}/members")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(
            operationId = "listSegmentSnapshotMembers",
            summary = "List the customers of a snapshot in the order of their ids")
    @APIResponse(responseCode = "200", description = "A page of customers.")
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    public Page<SnapshotMemberView> members(
            @Parameter(description = SegmentResource.KEY, example = "silent-buyers")
                    @PathParam("segment")
                    String segment,
            @Parameter(description = ID, example = "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b12")
                    @PathParam("snapshot")
                    String snapshot,
            @BeanParam PageRequest page) {
        UUID id = snapshots.require(segment, snapshot).id();
        String filters = "members of the snapshot " + id;
        UUID after = page.after(filters).map(cursor -> cursor.uuid(0)).orElse(null);
        List<UUID> found = rows.members(id, after, page.limitPlusOne());
        return Page.of(found, page.limit(), filters, Cursor::of).map(SnapshotMemberView::new);
    }
}

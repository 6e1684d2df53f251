package io.rapport.customer.segment;

import io.rapport.customer.profile.CustomerAnswers;
import io.rapport.customer.profile.ETags;
import io.rapport.customer.segment.Segments.Put;
import io.rapport.platform.http.Cursor;
import io.rapport.platform.http.Page;
import io.rapport.platform.http.PageRequest;
import io.rapport.platform.http.Problem;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Which segments there are, kept by managers. */
@Path("/segments")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Segments", description = "Which customers meet conditions, and since when.")
public class SegmentResource {

    static final String KEY = "The segment's key.";
    private static final String VERSION = "The segment's version.";

    private final Segments segments;
    private final SegmentPreview preview;

    SegmentResource(Segments segments, SegmentPreview preview) {
        this.segments = segments;
        this.preview = preview;
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(
            operationId = "listSegments",
            summary = "List the segments in the order of their keys, retired ones too")
    @APIResponse(responseCode = "200", description = "A page of segments.")
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    public Page<SegmentView> list(@BeanParam PageRequest page) {
        String filters = "segments";
        String after = page.after(filters).map(cursor -> cursor.text(0)).orElse("");
        List<Segment> found = segments.page(after, page.limitPlusOne());
        return Page.of(found, page.limit(), filters, last -> Cursor.of(last.key()))
                .map(SegmentView::of);
    }

    @GET
    @Path("{segment}")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(operationId = "getSegment", summary = "Read a segment")
    @APIResponse(
            responseCode = "200",
            description = "The segment.",
            headers = {
                @Header(
                        name = "ETag",
                        description = VERSION,
                        schema = @Schema(type = SchemaType.STRING))
            },
            content = @Content(schema = @Schema(implementation = SegmentView.class)))
    @APIResponse(responseCode = "304", description = "The caller has this version already.")
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    public Response get(
            @Parameter(description = KEY, example = "silent-buyers") @PathParam("segment")
                    String segment,
            @Parameter(
                            description =
                                    "The ETag that the caller has: 304 while it is the segment's. The state is not part"
                                            + " of it.")
                    @HeaderParam(HttpHeaders.IF_NONE_MATCH)
                    @Nullable String ifNoneMatch) {
        Segment found = segments.require(segment);
        return ETags.noneMatch(ifNoneMatch, found.version())
                ? answer(Response.ok(), found)
                : Response.notModified()
                        .header(HttpHeaders.ETAG, ETags.of(found.version()))
                        .build();
    }

    @PUT
    @Path("{segment}")
    @RolesAllowed(Roles.MANAGER)
    @Operation(
            operationId = "putSegment",
            summary = "Make a segment, or change and retire it",
            description =
                    "If-None-Match: * makes it, If-Match changes it. Writes of customers are held against it from then"
                            + " on; all others are decided one after another, until the state is READY. Then every"
                            + " member has entered with an event, and who is in it no more has left with one.")
    @APIResponse(
            responseCode = "200",
            description = "The segment as it is now; what changes nothing makes no new version.",
            headers = {
                @Header(
                        name = "ETag",
                        description = VERSION,
                        schema = @Schema(type = SchemaType.STRING))
            },
            content = @Content(schema = @Schema(implementation = SegmentView.class)))
    @APIResponse(
            responseCode = "201",
            description = "Made.",
            headers = {
                @Header(
                        name = "ETag",
                        description = VERSION,
                        schema = @Schema(type = SchemaType.STRING)),
                @Header(
                        name = "Location",
                        description = CustomerAnswers.LOCATION,
                        schema = @Schema(type = SchemaType.STRING))
            },
            content = @Content(schema = @Schema(implementation = SegmentView.class)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(
            responseCode = "409",
            description = "`too-many-segments`: there are as many as there can be.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(ref = CustomerAnswers.PROBLEM)))
    @APIResponse(responseCode = "412", ref = CustomerAnswers.PROBLEM)
    @APIResponse(
            responseCode = "422",
            description =
                    "`invalid-condition`: some conditions name a field, an attribute or a segment that there is not,"
                            + " lead back to this segment, make a chain of more than 8 segments that refer to each"
                            + " other, or compare what cannot be compared so.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(ref = CustomerAnswers.PROBLEM)))
    @APIResponse(responseCode = "428", ref = CustomerAnswers.PROBLEM)
    public Response put(
            @Parameter(
                            description =
                                    "The segment's key: words of a-z and 0-9 joined by hyphens, at most 64 characters.",
                            example = "silent-buyers")
                    @PathParam("segment")
                    String segment,
            @Parameter(description = "The ETag of the version that is changed, or *.")
                    @HeaderParam(HttpHeaders.IF_MATCH)
                    @Nullable String ifMatch,
            @Parameter(description = "*: only make it.") @HeaderParam(HttpHeaders.IF_NONE_MATCH)
                    @Nullable String ifNoneMatch,
            @NotNull @Valid SegmentTerms terms) {
        Put put = segments.put(segment, terms, ifMatch, ifNoneMatch);
        return put.made()
                ? answer(
                        Response.status(Response.Status.CREATED)
                                .header(HttpHeaders.LOCATION, "/segments/" + segment),
                        put.segment())
                : answer(Response.ok(), put.segment());
    }

    @DELETE
    @Path("{segment}")
    @RolesAllowed(Roles.MANAGER)
    @Operation(
            operationId = "deleteSegment",
            summary = "Delete a retired segment that all have left")
    @APIResponse(
            responseCode = "200",
            description = "The segment that was deleted.",
            content = @Content(schema = @Schema(implementation = SegmentView.class)))
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(
            responseCode = "409",
            description =
                    "`segment-has-members`: it is not retired, or not READY; `segment-in-use`: another one refers to it;"
                            + " `segment-has-overrides`: something is said of too many customers and this segment.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(ref = CustomerAnswers.PROBLEM)))
    @APIResponse(responseCode = "412", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "428", ref = CustomerAnswers.PROBLEM)
    public SegmentView delete(
            @Parameter(description = KEY, example = "silent-buyers") @PathParam("segment")
                    String segment,
            @Parameter(
                            description = "The ETag of the version that is deleted, or *.",
                            required = true)
                    @HeaderParam(HttpHeaders.IF_MATCH)
                    @Nullable String ifMatch) {
        return SegmentView.of(segments.delete(segment, ifMatch));
    }

    @POST
    @Path("preview")
    @RolesAllowed(Roles.MANAGER)
    @Operation(
            operationId = "previewSegment",
            summary = "Count who would be in a segment, and show some of them",
            description =
                    "A POST that changes nothing. Customers are counted in the order of their ids until the configured"
                            + " time is over; the answer says whether that was all of them.")
    @APIResponse(responseCode = "200", description = "The count, and a sample.")
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(
            responseCode = "422",
            description = "`invalid-condition`, as when the segment is made.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(ref = CustomerAnswers.PROBLEM)))
    public PreviewView preview(@NotNull @Valid PreviewRequest request) {
        return preview.of(request.condition());
    }

    private static Response answer(ResponseBuilder answer, Segment segment) {
        return answer.header(HttpHeaders.ETAG, ETags.of(segment.version()))
                .entity(SegmentView.of(segment))
                .build();
    }
}

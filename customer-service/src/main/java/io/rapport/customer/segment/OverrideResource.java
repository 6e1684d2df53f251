package io.rapport.customer.segment;

import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerAnswers;
import io.rapport.customer.profile.CustomerReading;
import io.rapport.customer.profile.ETags;
import io.rapport.customer.segment.Overrides.Put;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.http.Cursor;
import io.rapport.platform.http.Page;
import io.rapport.platform.http.PageRequest;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

/** Customers who are in a segment, or not, because somebody said so. */
@Path("/segments/{segment}/overrides")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Segments", description = "Which customers meet conditions, and since when.")
public class OverrideResource {

    private static final String VERSION = "The override's version.";

    /** Later than whatever is said. */
    private static final Instant AFTER_ALL = Instant.parse("9999-12-31T00:00:00Z");

    private final Overrides overrides;
    private final OverrideRows rows;
    private final Segments segments;
    private final CustomerReading reading;
    private final Clock clock;

    OverrideResource(
            Overrides overrides,
            OverrideRows rows,
            Segments segments,
            CustomerReading reading,
            Clock clock) {
        this.overrides = overrides;
        this.rows = rows;
        this.segments = segments;
        this.reading = reading;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(
            operationId = "listSegmentOverrides",
            summary = "List what was said of customers and this segment, in the order of their ids")
    @APIResponse(responseCode = "200", description = "A page of overrides that hold.")
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    public Page<OverrideView> list(
            @Parameter(description = SegmentResource.KEY, example = "silent-buyers")
                    @PathParam("segment")
                    String segment,
            @BeanParam PageRequest page) {
        String key = segments.require(segment).key();
        String filters = "overrides of " + key;
        UUID after = page.after(filters).map(cursor -> cursor.uuid(0)).orElse(null);
        List<OverrideView> found = rows.page(key, clock.instant(), after, page.limitPlusOne());
        return Page.of(found, page.limit(), filters, last -> Cursor.of(last.customer()));
    }

    @GET
    @Path("{customer}")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(
            operationId = "getSegmentOverride",
            summary = "Read what was said of a customer and a segment",
            description =
                    "What decides: of a merged customer what was said of its survivor, then what keeps one of them out.")
    @APIResponse(
            responseCode = "200",
            description = "The override that holds.",
            headers =
                    @Header(
                            name = "ETag",
                            description = VERSION,
                            schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = OverrideView.class)))
    @APIResponse(responseCode = "304", description = "The caller has this version already.")
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    public Response get(
            @Parameter(description = SegmentResource.KEY, example = "silent-buyers")
                    @PathParam("segment")
                    String segment,
            @Parameter(description = CustomerAnswers.REFERENCE, example = "online-retail:17850")
                    @PathParam("customer")
                    String customer,
            @Parameter(
                            description =
                                    "The ETag that the caller has: 304 while it is the override's.")
                    @HeaderParam(HttpHeaders.IF_NONE_MATCH)
                    @Nullable String ifNoneMatch) {
        OverrideView found =
                overrides.require(segment, reading.of(CustomerReference.parse(customer)));
        return ETags.noneMatch(ifNoneMatch, found.version())
                ? answer(Response.ok(), found)
                : Response.notModified()
                        .header(HttpHeaders.ETAG, ETags.of(found.version()))
                        .build();
    }

    @GET
    @Path("{customer}/past")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(
            operationId = "listPastSegmentOverrides",
            summary = "List what was said of a customer and a segment before, the last first",
            description =
                    "What was said otherwise, taken back or over since, with who did so; of all who were merged into the"
                            + " customer.")
    @APIResponse(responseCode = "200", description = "A page of overrides that hold no more.")
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    public Page<OverrideView> past(
            @Parameter(description = SegmentResource.KEY, example = "silent-buyers")
                    @PathParam("segment")
                    String segment,
            @Parameter(description = CustomerAnswers.REFERENCE, example = "online-retail:17850")
                    @PathParam("customer")
                    String customer,
            @BeanParam PageRequest page) {
        Customer found = reading.of(CustomerReference.parse(customer));
        String filters = "past overrides of " + segment + " and " + found.id();
        Optional<Cursor> after = page.after(filters);
        List<OverrideView> past =
                overrides.past(
                        segment,
                        found,
                        after.map(cursor -> cursor.instant(0)).orElse(AFTER_ALL),
                        after.map(cursor -> cursor.uuid(1)).orElse(new UUID(-1, -1)),
                        page.limitPlusOne());
        return Page.of(
                past, page.limit(), filters, last -> Cursor.of(last.madeAt(), last.customer()));
    }

    @PUT
    @Path("{customer}")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER})
    @Operation(
            operationId = "putSegmentOverride",
            summary = "Say that a customer is in a segment, or not, whatever its conditions say",
            description =
                    "If-None-Match: * says it where nothing holds, If-Match replaces what does; it holds at once. The"
                            + " conditions decide again when it is taken back, or at the instant at which it expires. A"
                            + " merged customer is its survivor.")
    @APIResponse(
            responseCode = "200",
            description = "The override as it is now.",
            headers =
                    @Header(
                            name = "ETag",
                            description = VERSION,
                            schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = OverrideView.class)))
    @APIResponse(
            responseCode = "201",
            description = "Nothing held before.",
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
            content = @Content(schema = @Schema(implementation = OverrideView.class)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "409", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "412", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "428", ref = CustomerAnswers.PROBLEM)
    public Response put(
            @Parameter(description = SegmentResource.KEY, example = "silent-buyers")
                    @PathParam("segment")
                    String segment,
            @Parameter(description = CustomerAnswers.REFERENCE, example = "online-retail:17850")
                    @PathParam("customer")
                    String customer,
            @Parameter(description = "The ETag of what is replaced, or *.")
                    @HeaderParam(HttpHeaders.IF_MATCH)
                    @Nullable String ifMatch,
            @Parameter(description = "*: only where nothing holds.")
                    @HeaderParam(HttpHeaders.IF_NONE_MATCH)
                    @Nullable String ifNoneMatch,
            @NotNull @Valid OverrideTerms terms) {
        Put put =
                overrides.put(
                        segment, CustomerReference.parse(customer), terms, ifMatch, ifNoneMatch);
        return put.made()
                ? answer(
                        Response.status(Response.Status.CREATED)
                                .header(
                                        HttpHeaders.LOCATION,
                                        "/segments/%s/overrides/%s"
                                                .formatted(segment, put.override().customer())),
                        put.override())
                : answer(Response.ok(), put.override());
    }

    @DELETE
    @Path("{customer}")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER})
    @Operation(
            operationId = "deleteSegmentOverride",
            summary = "Take back what was said of a customer and a segment")
    @APIResponse(responseCode = "200", description = "The override that was taken back.")
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "409", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "412", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "428", ref = CustomerAnswers.PROBLEM)
    public OverrideView delete(
            @Parameter(description = SegmentResource.KEY, example = "silent-buyers")
                    @PathParam("segment")
                    String segment,
            @Parameter(description = CustomerAnswers.REFERENCE, example = "online-retail:17850")
                    @PathParam("customer")
                    String customer,
            @Parameter(description = "The ETag of what is taken back, or *.", required = true)
                    @HeaderParam(HttpHeaders.IF_MATCH)
                    @Nullable String ifMatch) {
        return overrides.delete(segment, CustomerReference.parse(customer), ifMatch);
    }

    private static Response answer(ResponseBuilder answer, OverrideView override) {
        return answer.header(HttpHeaders.ETAG, ETags.of(override.version()))
                .entity(override)
                .build();
    }
}

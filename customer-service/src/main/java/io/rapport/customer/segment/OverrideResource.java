package io.rapport.customer.segment;

import io.rapport.customer.profile.CustomerAnswers;
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
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Customers who are in a segment, or not, because somebody said so. */
@Path("/segments/{segment}/overrides")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Segments", description = "Which customers meet conditions, and since when.")
public class OverrideResource {

    private final Overrides overrides;
    private final OverrideRows rows;
    private final Segments segments;
    private final Clock clock;

    OverrideResource(Overrides overrides, OverrideRows rows, Segments segments, Clock clock) {
        this.overrides = overrides;
        this.rows = rows;
        this.segments = segments;
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

    @PUT
    @Path("{customer}")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER})
    @Operation(
            operationId = "putSegmentOverride",
            summary = "Say that a customer is in a segment, or not, whatever its conditions say",
            description =
                    "In place of what was said before; it holds at once. The conditions decide again when it is taken"
                            + " back, or at the instant at which it expires. A merged customer is its survivor.")
    @APIResponse(responseCode = "200", description = "The override as it is now.")
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "409", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    public OverrideView put(
            @Parameter(description = SegmentResource.KEY, example = "silent-buyers")
                    @PathParam("segment")
                    String segment,
            @Parameter(description = CustomerAnswers.REFERENCE, example = "online-retail:17850")
                    @PathParam("customer")
                    String customer,
            @NotNull @Valid OverrideTerms terms) {
        return overrides.put(segment, CustomerReference.parse(customer), terms);
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
    public OverrideView delete(
            @Parameter(description = SegmentResource.KEY, example = "silent-buyers")
                    @PathParam("segment")
                    String segment,
            @Parameter(description = CustomerAnswers.REFERENCE, example = "online-retail:17850")
                    @PathParam("customer")
                    String customer) {
        return overrides.delete(segment, CustomerReference.parse(customer));
    }
}

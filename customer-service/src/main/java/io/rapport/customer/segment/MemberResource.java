package io.rapport.customer.segment;

import io.rapport.customer.profile.CustomerAnswers;
import io.rapport.platform.http.Cursor;
import io.rapport.platform.http.Page;
import io.rapport.platform.http.PageRequest;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who is in a segment. */
@Path("/segments/{segment}/members")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Segments", description = "Which customers meet conditions, and since when.")
public class MemberResource {

    private final Segments segments;
    private final MemberRows members;

    MemberResource(Segments segments, MemberRows members) {
        this.segments = segments;
        this.members = members;
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(
            operationId = "listSegmentMembers",
            summary = "List the members of a segment in the order of their ids",
            description =
                    "As they are now: of a segment that is BUILDING, those decided so far, and those of before who are"
                            + " not decided yet.")
    @APIResponse(responseCode = "200", description = "A page of members.")
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    public Page<MemberView> list(
            @Parameter(description = SegmentResource.KEY, example = "silent-buyers")
                    @PathParam("segment")
                    String segment,
            @BeanParam PageRequest page) {
        String key = segments.require(segment).key();
        String filters = "members of " + key;
        UUID after = page.after(filters).map(cursor -> cursor.uuid(0)).orElse(null);
        List<MemberView> found =
                members.ofSegment(key, after, page.limitPlusOne()).stream()
                        .map(MemberView::of)
                        .toList();
        return Page.of(found, page.limit(), filters, last -> Cursor.of(last.customer()));
    }
}

package io.rapport.customer.segment;

import io.rapport.customer.profile.AnsweredAs;
import io.rapport.customer.profile.CustomerAnswers;
import io.rapport.customer.profile.CustomerReading;
import io.rapport.platform.CustomerReference;
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
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** In which segments a customer is. */
@Path("/customers/{customer}/segments")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Segments", description = "Which customers meet conditions, and since when.")
public class CustomerSegmentResource {

    private final CustomerReading reading;
    private final MemberRows members;

    CustomerSegmentResource(CustomerReading reading, MemberRows members) {
        this.reading = reading;
        this.members = members;
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(
            operationId = "listSegmentsOfCustomer",
            summary = "List the segments in which a customer is, in the order of their keys")
    @APIResponse(
            responseCode = "200",
            description = "A page of memberships.",
            headers =
                    @Header(
                            name = "Content-Location",
                            description = AnsweredAs.DESCRIPTION,
                            schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    public Page<MemberView> list(
            @Parameter(description = CustomerAnswers.REFERENCE, example = "online-retail:17850")
                    @PathParam("customer")
                    String customer,
            @BeanParam PageRequest page) {
        UUID id = reading.of(CustomerReference.parse(customer)).id();
        String filters = "segments of " + id;
        String after = page.after(filters).map(cursor -> cursor.text(0)).orElse("");
        List<MemberView> found =
                members.ofCustomer(id, after, page.limitPlusOne()).stream()
                        .map(MemberView::of)
                        .toList();
        return Page.of(found, page.limit(), filters, last -> Cursor.of(last.segment()));
    }
}

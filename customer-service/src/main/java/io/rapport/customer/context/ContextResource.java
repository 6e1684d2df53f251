package io.rapport.customer.context;

import io.rapport.customer.profile.CustomerAnswers;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
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

/** The whole relationship with a customer at a glance, from this service's own tables. */
@Path("/customers/{customer}/context")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Customers")
public class ContextResource {

    private final ContextReading reading;

    ContextResource(ContextReading reading) {
        this.reading = reading;
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(
            operationId = "getCustomerContext",
            summary = "Read what all services know of a customer, and how current each part is",
            description =
                    "Of a customer with members, the figures of all are added up; a merged customer answers as its"
                            + " survivor.")
    @APIResponse(
            responseCode = "200",
            description =
                    "The context; Content-Location when it was asked for by identity, or merged.",
            headers = {
                @Header(
                        name = "Content-Location",
                        description = CustomerAnswers.LOCATION,
                        schema = @Schema(type = SchemaType.STRING))
            },
            content = @Content(schema = @Schema(implementation = CustomerContext.class)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    public Response get(
            @Parameter(description = CustomerAnswers.REFERENCE, example = "online-retail:17850")
                    @PathParam("customer")
                    String customer) {
        CustomerReference reference = CustomerReference.parse(customer);
        CustomerContext context = reading.of(reference);
        String elsewhere =
                reference.id().filter(context.customer()::equals).isPresent()
                        ? null
                        : CustomerAnswers.path(context.customer()) + "/context";
        return Response.ok(context).header(HttpHeaders.CONTENT_LOCATION, elsewhere).build();
    }
}

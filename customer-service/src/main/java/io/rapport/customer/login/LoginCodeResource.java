package io.rapport.customer.login;

import io.rapport.customer.login.Logins.IssuedCode;
import io.rapport.customer.profile.CustomerAnswers;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Issues the code by which a customer proves that a login is theirs. */
@Path("/customers/{customer}/login-code")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Logins")
public class LoginCodeResource {

    private final Logins logins;

    LoginCodeResource(Logins logins) {
        this.logins = logins;
    }

    @POST
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(
            operationId = "issueLoginCode",
            summary = "Issue a code by which a customer links a login",
            description =
                    "For the customer's eyes only: whoever gives it to `PUT /me/login` reads from then on what is"
                            + " held about this customer. It is told here once, may be used once, and replaces the"
                            + " one before; so it needs no Idempotency-Key.")
    @APIResponse(
            responseCode = "201",
            description = "The code and how long it may be used.",
            content = @Content(schema = @Schema(implementation = IssuedCode.class)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "409", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    public Response issueCode(
            @Parameter(description = CustomerAnswers.REFERENCE, example = "online-retail:17850")
                    @PathParam("customer")
                    String customer) {
        return Response.status(Response.Status.CREATED)
                .entity(logins.issueCode(CustomerReference.parse(customer)))
                .build();
    }
}

package io.rapport.customer.login;

import io.rapport.customer.Identity;
import io.rapport.customer.profile.ChangeReason;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerAnswers;
import io.rapport.customer.profile.CustomerView;
import io.rapport.platform.security.Caller;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What a customer reads of itself, and how its login becomes known as its own. */
@Path("/me")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.CUSTOMER)
@RunOnVirtualThread
@Tag(name = "Me", description = "The caller's own customer.")
public class MeResource {

    /** What the customer was given to prove that the login is theirs. */
    @Schema(
            name = "LoginProof",
            requiredProperties = "code",
            examples = "{\"code\": \"oF9uHk1u3J2hQ0o4V7yq1A\"}")
    public record Proof(@NotNull @Size(max = 64) String code) {}

    private final Logins logins;
    private final OwnCustomer own;
    private final Caller caller;

    MeResource(Logins logins, OwnCustomer own, Caller caller) {
        this.logins = logins;
        this.own = own;
        this.caller = caller;
    }

    @GET
    @Operation(operationId = "getMe", summary = "Read the caller's own customer")
    @APIResponse(
            responseCode = "200",
            description = "The customer whose login the token proves.",
            headers = {
                @Header(
                        name = "ETag",
                        description = CustomerAnswers.ETAG,
                        schema = @Schema(type = SchemaType.STRING))
            },
            content = @Content(schema = @Schema(implementation = CustomerView.class)))
    @APIResponse(responseCode = "304", description = "The caller has this version already.")
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    public Response get(
            @Parameter(description = CustomerAnswers.IF_NONE_MATCH)
                    @HeaderParam(HttpHeaders.IF_NONE_MATCH)
                    @Nullable String ifNoneMatch) {
        Customer me = own.require();
        return CustomerAnswers.read(me, CustomerView.of(me, all -> true), ifNoneMatch, null);
    }

    @PUT
    @Path("login")
    @Operation(
            operationId = "linkMyLogin",
            summary = "Link the caller's login to its customer, by a code",
            description =
                    "The token proves the login, the code the customer. A code may be used once; who has used it may"
                            + " repeat the request while it is valid. 422 invalid-login-code when it is not good"
                            + " (any more), 409 login-taken when the login is another customer's.")
    @Parameter(
            name = ChangeReason.HEADER,
            in = ParameterIn.HEADER,
            description = ChangeReason.DESCRIPTION,
            schema = @Schema(type = SchemaType.STRING))
    @APIResponse(
            responseCode = "200",
            description = "The customer, which is the caller's own from now on.",
            headers = {
                @Header(
                        name = "ETag",
                        description = CustomerAnswers.ETAG,
                        schema = @Schema(type = SchemaType.STRING))
            },
            content = @Content(schema = @Schema(implementation = CustomerView.class)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "409", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "422", ref = CustomerAnswers.PROBLEM)
    public Response linkLogin(@NotNull @Valid Proof proof) {
        Customer me = logins.prove(Identity.of(caller.login()), proof.code());
        return CustomerAnswers.changed(me, CustomerView.of(me, all -> true));
    }
}

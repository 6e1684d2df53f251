package io.rapport.customer.login;

import io.rapport.customer.Identity;
import io.rapport.customer.profile.AnsweredAs;
import io.rapport.customer.profile.ChangeReason;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerAnswers;
import io.rapport.customer.profile.CustomerRows;
import io.rapport.customer.profile.CustomerView;
import io.rapport.customer.profile.PlainText;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.http.Page;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
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

/** The logins of one customer, as staff see and admins change them. */
@Path("/customers/{customer}/logins")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Logins", description = "By which logins a customer reads what is held about it.")
public class LoginResource {

    /** A login as staff see it: a hash of issuer and subject, by which an admin removes it. */
    @Schema(
            requiredProperties = "login",
            examples =
                    "{\"login\": \"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\"}")
    public record Login(
            @Schema(description = "SHA-256 of issuer and subject, in hexadecimal.") String login) {}

    /** Who logs in where, as the identity provider says in {@code iss} and {@code sub}. */
    @Schema(
            requiredProperties = {"issuer", "subject"},
            examples =
                    "{\"issuer\": \"https://login.example.org/realms/shop\", \"subject\": \"7f0c3a52\"}")
    public record NewLogin(
            @Schema(description = "`iss` of the access token.", maxLength = 255)
                    @NotNull
                    @PlainText(max = 255)
                    String issuer,
            @Schema(description = "`sub` of the access token.", maxLength = 255)
                    @NotNull
                    @PlainText(max = 255)
                    String subject) {}

    private final Logins logins;
    private final CustomerRows rows;

    LoginResource(Logins logins, CustomerRows rows) {
        this.logins = logins;
        this.rows = rows;
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(operationId = "listLogins", summary = "List the logins of a customer")
    @APIResponse(
            responseCode = "200",
            description = "All of them: a customer has a few at most.",
            headers =
                    @Header(
                            name = "Content-Location",
                            description = AnsweredAs.DESCRIPTION,
                            schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    public Page<Login> list(
            @Parameter(description = CustomerAnswers.REFERENCE, example = "online-retail:17850")
                    @PathParam("customer")
                    String customer) {
        Customer found = rows.require(CustomerReference.parse(customer)).customer();
        return new Page<>(
                Logins.of(found).stream().map(login -> new Login(login.externalId())).toList(),
                null);
    }

    @POST
    @RolesAllowed(Roles.ADMIN)
    @Operation(
            operationId = "addLogin",
            summary = "Link a login to a customer, on an admin's word",
            description =
                    "Nothing changes when it is the customer's already, so it needs no Idempotency-Key. 409"
                            + " login-taken when it is another's; 409 too-many-logins when the customer has as many"
                            + " as one may have.")
    @Parameter(
            name = ChangeReason.HEADER,
            in = ParameterIn.HEADER,
            description = ChangeReason.DESCRIPTION,
            schema = @Schema(type = SchemaType.STRING))
    @APIResponse(
            responseCode = "200",
            description = "The login, by which it can be removed.",
            content = @Content(schema = @Schema(implementation = Login.class)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "409", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    public Login add(
            @Parameter(description = CustomerAnswers.REFERENCE, example = "online-retail:17850")
                    @PathParam("customer")
                    String customer,
            @NotNull @Valid NewLogin login) {
        Identity identity = Identity.of(CustomerReference.login(login.issuer(), login.subject()));
        logins.add(CustomerReference.parse(customer), identity);
        return new Login(identity.externalId());
    }

    @DELETE
    @Path("{login}")
    @RolesAllowed(Roles.ADMIN)
    @Operation(
            operationId = "removeLogin",
            summary = "Take a login from a customer",
            description =
                    "409 last-login when it is the only one, unless `last=accept` says that it is meant.")
    @Parameter(
            name = ChangeReason.HEADER,
            in = ParameterIn.HEADER,
            description = ChangeReason.DESCRIPTION,
            schema = @Schema(type = SchemaType.STRING))
    @APIResponse(
            responseCode = "200",
            description = "The customer as it is now.",
            headers = {
                @Header(
                        name = "ETag",
                        description = CustomerAnswers.ETAG,
                        schema = @Schema(type = SchemaType.STRING))
            },
            content = @Content(schema = @Schema(implementation = CustomerView.class)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "409", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "412", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "428", ref = CustomerAnswers.PROBLEM)
    public Response remove(
            @Parameter(description = CustomerAnswers.REFERENCE, example = "online-retail:17850")
                    @PathParam("customer")
                    String customer,
            @Parameter(description = "As the list of logins names it.") @PathParam("login")
                    String login,
            @Parameter(description = CustomerAnswers.IF_MATCH, required = true)
                    @HeaderParam(HttpHeaders.IF_MATCH)
                    @Nullable String ifMatch,
            @QueryParam("last")
                    @DefaultValue("refuse")
                    @Pattern(regexp = "refuse|accept", message = "must be refuse or accept")
                    @Parameter(description = "Whether the last one may be taken too.")
                    String last) {
        Customer changed =
                logins.remove(
                        CustomerReference.parse(customer),
                        new Identity(CustomerReference.LOGIN, login),
                        ifMatch,
                        last.equals("accept"));
        return CustomerAnswers.changed(changed, CustomerView.of(changed));
    }
}

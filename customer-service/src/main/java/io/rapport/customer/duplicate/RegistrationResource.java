package io.rapport.customer.duplicate;

import io.rapport.customer.profile.ChangeReason;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerAnswers;
import io.rapport.customer.profile.CustomerRegister;
import io.rapport.customer.profile.CustomerView;
import io.rapport.customer.profile.Profile;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import io.rapport.platform.http.IdempotencyKeys;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
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

/** Customers made by staff, who are asked first when they are likely there already. */
@Path("/customers")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Customers")
public class RegistrationResource {

    private static final String ACCEPT = "accept";

    private final CustomerRegister register;
    private final Duplicates duplicates;
    private final IdempotencyKeys keys;

    RegistrationResource(CustomerRegister register, Duplicates duplicates, IdempotencyKeys keys) {
        this.register = register;
        this.duplicates = duplicates;
        this.keys = keys;
    }

    @POST
    @RolesAllowed({Roles.AGENT, Roles.MANAGER})
    @Operation(
            operationId = "registerCustomer",
            summary = "Make a customer",
            description =
                    "409 possible-duplicates when customers like this one are there already:"
                            + " `candidates` tells up to 10 of them, most alike first, each with the"
                            + " rule that says so, its score from 0.7 on and the fields that match."
                            + " With duplicates=accept the customer is made all the same, and managers"
                            + " find the pairs among those to review.")
    @Parameter(
            name = ChangeReason.HEADER,
            in = ParameterIn.HEADER,
            description = ChangeReason.DESCRIPTION,
            schema = @Schema(type = SchemaType.STRING))
    @APIResponse(
            responseCode = "201",
            description = "Made; Location says where.",
            headers = {
                @Header(
                        name = "Location",
                        description = CustomerAnswers.LOCATION,
                        schema = @Schema(type = SchemaType.STRING)),
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
    public Response register(
            @Parameter(
                            description =
                                    "The same key and body again: the first answer, and no second"
                                            + " customer.",
                            required = true,
                            example = "7b1f4c1e-52a0-4c7e-9a1b-0d2f6e8c4b35")
                    @HeaderParam(IdempotencyKeys.HEADER)
                    @Nullable String idempotencyKey,
            @Parameter(
                            description = "`accept` makes the customer whoever is like it.",
                            schema = @Schema(type = SchemaType.STRING, enumeration = ACCEPT))
                    @QueryParam("duplicates")
                    @Nullable String accept,
            @NotNull @Valid Profile profile) {
        requireKnown(accept);
        return keys.once(
                "registerCustomer",
                idempotencyKey,
                profile,
                () ->
                        created(
                                accept == null
                                        ? duplicates.registerUnlessLikelyThere(profile)
                                        : register.register(profile)));
    }

    private static void requireKnown(@Nullable String accept) {
        if (accept != null && !accept.equals(ACCEPT)) {
            throw Refusal.invalid(
                    "invalid-duplicates",
                    "Duplicates are accepted or not.",
                    new FieldError("duplicates", "must be accept, or absent"));
        }
    }

    private static Response created(Customer customer) {
        return CustomerAnswers.created(customer, CustomerView.of(customer));
    }
}

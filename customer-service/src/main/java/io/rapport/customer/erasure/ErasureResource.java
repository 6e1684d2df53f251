package io.rapport.customer.erasure;

import io.rapport.customer.profile.CustomerAnswers;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.http.IdempotencyKeys;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
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

/** Erases customers, and tells how far that has come. */
@Path("/customers/{customer}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Erasure", description = "Customers of whom nothing personal is to be left.")
public class ErasureResource {

    private static final String ID =
            "The customer's id, or that of one who was merged into it: identities are erased.";
    private static final String EXAMPLE_ID = "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11";

    /** All that decides what is erased. */
    private record Asked(String customer, EraseRequest request) {}

    private final Erasing erasing;
    private final ErasureReading reading;
    private final IdempotencyKeys keys;

    ErasureResource(Erasing erasing, ErasureReading reading, IdempotencyKeys keys) {
        this.erasing = erasing;
        this.reading = reading;
        this.keys = keys;
    }

    @POST
    @Path("erase")
    @RolesAllowed(Roles.ADMIN)
    @Operation(
            operationId = "eraseCustomer",
            summary = "Erase a customer and all who were merged into it",
            description =
                    "It cannot be taken back. What customer-service holds has gone when this answers, and from then on"
                            + " the customer answers 410 customer-erased; the other services erase what they hold"
                            + " when they hear of it. Figures without a person stay. 409 under-legal-hold while"
                            + " there are legal holds, whose ids are in `legalHolds`; 409 customer-merged when it"
                            + " was merged in this moment.")
    @APIResponse(
            responseCode = "200",
            description = "Of a dry run: what would go.",
            content = @Content(schema = @Schema(implementation = ErasurePreview.class)))
    @APIResponse(
            responseCode = "202",
            description = "The erasure, which goes on in the other services; Location says where.",
            headers =
                    @Header(
                            name = "Location",
                            description = CustomerAnswers.LOCATION,
                            schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = CustomerErasure.class)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "409", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "422", ref = CustomerAnswers.PROBLEM)
    public Response erase(
            @Parameter(description = CustomerAnswers.REFERENCE, example = "online-retail:17850")
                    @PathParam("customer")
                    String customer,
            @Parameter(
                            description =
                                    "The same key and request again: the first answer. Not asked for by a dry run.",
                            example = "7b1f4c1e-52a0-4c7e-9a1b-0d2f6e8c4b35")
                    @HeaderParam(IdempotencyKeys.HEADER)
                    @Nullable String idempotencyKey,
            @QueryParam("dryRun")
                    @DefaultValue("false")
                    @Pattern(regexp = "true|false", message = "must be true or false")
                    @Parameter(
                            description = "Only tell what would go.",
                            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
                    String dryRun,
            @NotNull @Valid EraseRequest request) {
        CustomerReference reference = CustomerReference.parse(customer);
        return dryRun.equals("true")
                ? Response.ok(erasing.preview(reference)).build()
                : keys.once(
                        "eraseCustomer",
                        idempotencyKey,
                        new Asked(reference.toString(), request),
                        () -> begun(erasing.erase(reference, request.reason())));
    }

    private Response begun(UUID customer) {
        return Response.accepted(reading.of(CustomerReference.parse(customer.toString())))
                .header(HttpHeaders.LOCATION, CustomerAnswers.path(customer) + "/erasure")
                .build();
    }

    @GET
    @Path("erasure")
    @RolesAllowed({Roles.MANAGER, Roles.ADMIN})
    @Operation(
            operationId = "getErasure",
            summary = "Tell how far the erasure of a customer has come",
            description = "404 not-erased when the customer is there.")
    @APIResponse(
            responseCode = "200",
            description = "The erasure, and what each service has done.",
            content = @Content(schema = @Schema(implementation = CustomerErasure.class)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    public CustomerErasure get(
            @Parameter(description = ID, example = EXAMPLE_ID) @PathParam("customer")
                    String customer) {
        return reading.of(CustomerReference.parse(customer));
    }

    @GET
    @Path("erasure/certificate")
    @RolesAllowed({Roles.MANAGER, Roles.ADMIN})
    @Operation(
            operationId = "getErasureCertificate",
            summary = "Certify that a customer was erased",
            description =
                    "409 erasure-is-running until all services have confirmed; 404 not-erased when the customer is"
                            + " there.")
    @APIResponse(
            responseCode = "200",
            description = "The certificate.",
            content = @Content(schema = @Schema(implementation = ErasureCertificate.class)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "409", ref = CustomerAnswers.PROBLEM)
    public ErasureCertificate certificate(
            @Parameter(description = ID, example = EXAMPLE_ID) @PathParam("customer")
                    String customer) {
        return reading.certificate(CustomerReference.parse(customer));
    }
}

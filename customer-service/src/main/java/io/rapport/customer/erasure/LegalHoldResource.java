package io.rapport.customer.erasure;

import io.rapport.customer.profile.AnsweredAs;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerAnswers;
import io.rapport.customer.profile.CustomerReading;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.http.Cursor;
import io.rapport.platform.http.IdempotencyKeys;
import io.rapport.platform.http.Page;
import io.rapport.platform.http.PageRequest;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
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

/** What keeps a customer from being erased. */
@Path("/customers/{customer}/legal-holds")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.MANAGER, Roles.ADMIN})
@RunOnVirtualThread
@Tag(name = "Erasure")
public class LegalHoldResource {

    /** All that decides what is placed. */
    private record Asked(String customer, HoldReason request) {}

    private final LegalHolds holds;
    private final CustomerReading reading;
    private final IdempotencyKeys keys;

    LegalHoldResource(LegalHolds holds, CustomerReading reading, IdempotencyKeys keys) {
        this.holds = holds;
        this.reading = reading;
        this.keys = keys;
    }

    @POST
    @Operation(
            operationId = "placeLegalHold",
            summary = "Say why a customer must not be erased",
            description =
                    "It stays with the very customer that is named, and holds all with whom that one is merged. 409"
                            + " too-many-legal-holds when 100 of it are in force.")
    @APIResponse(
            responseCode = "201",
            description = "The hold, which is in force.",
            content = @Content(schema = @Schema(implementation = LegalHold.class)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "409", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "422", ref = CustomerAnswers.PROBLEM)
    public Response place(
            @Parameter(description = CustomerAnswers.REFERENCE, example = "online-retail:17850")
                    @PathParam("customer")
                    String customer,
            @Parameter(
                            description = "The same key and body again: the first answer.",
                            required = true,
                            example = "7b1f4c1e-52a0-4c7e-9a1b-0d2f6e8c4b35")
                    @HeaderParam(IdempotencyKeys.HEADER)
                    @Nullable String idempotencyKey,
            @NotNull @Valid HoldReason request) {
        CustomerReference reference = CustomerReference.parse(customer);
        return keys.once(
                "placeLegalHold",
                idempotencyKey,
                new Asked(reference.toString(), request),
                () ->
                        Response.status(Response.Status.CREATED)
                                .entity(holds.place(reference, request.reason()))
                                .build());
    }

    @GET
    @Operation(
            operationId = "listLegalHolds",
            summary = "List the legal holds of a customer, oldest first",
            description =
                    "With those of all who were merged into it, and those that were released.")
    @APIResponse(
            responseCode = "200",
            description = "A page of holds.",
            headers =
                    @Header(
                            name = "Content-Location",
                            description = AnsweredAs.DESCRIPTION,
                            schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    public Page<LegalHold> list(
            @Parameter(description = CustomerAnswers.REFERENCE, example = "online-retail:17850")
                    @PathParam("customer")
                    String customer,
            @BeanParam PageRequest page) {
        Customer found = reading.of(CustomerReference.parse(customer));
        String filters = "legal holds of " + found.id();
        UUID last = page.after(filters).map(cursor -> cursor.uuid(0)).orElse(null);
        List<LegalHold> holdsFound = holds.after(found.all(), last, page.limitPlusOne());
        return Page.of(holdsFound, page.limit(), filters, one -> Cursor.of(one.id()));
    }

    @POST
    @Path("{hold}/release")
    @Operation(
            operationId = "releaseLegalHold",
            summary = "Release a legal hold, and say why",
            description = "Again: the hold as it stands, so it needs no Idempotency-Key.")
    @APIResponse(
            responseCode = "200",
            description = "The hold, which is in force no more.",
            content = @Content(schema = @Schema(implementation = LegalHold.class)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    public LegalHold release(
            @Parameter(description = CustomerAnswers.REFERENCE, example = "online-retail:17850")
                    @PathParam("customer")
                    String customer,
            @Parameter(description = "The hold's id.") @PathParam("hold") UUID hold,
            @NotNull @Valid HoldReason request) {
        return holds.release(CustomerReference.parse(customer), hold, request.reason());
    }
}

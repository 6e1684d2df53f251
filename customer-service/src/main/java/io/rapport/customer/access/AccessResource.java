package io.rapport.customer.access;

import io.rapport.customer.profile.AnsweredAs;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerAnswers;
import io.rapport.customer.profile.CustomerReading;
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
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Answers a request for access on a customer's behalf. */
@Path("/customers/{customer}/export")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Access", description = "All that is held of one customer.")
public class AccessResource {

    static final String EXAMPLE_NAME = "the beginning and the end of a document";
    static final String NO_STORE = "no-store";

    private final CustomerReading reading;
    private final AccessDocument document;

    AccessResource(CustomerReading reading, AccessDocument document) {
        this.reading = reading;
        this.document = document;
    }

    @GET
    @RolesAllowed({Roles.MANAGER, Roles.ADMIN})
    @Operation(
            operationId = "exportCustomer",
            summary = "Read all that is held of a customer",
            description =
                    "The document of customer-service, with those of all who were merged into the customer; `manifest`"
                            + " names the documents of the other services. `changesLeftOut` names the versions that"
                            + " show values of somebody else, who had been merged into the customer and is not any"
                            + " more. Sent while it is read, page by page: a document that is whole ends with"
                            + " `complete`, which is true, and one that breaks off is no JSON.")
    @APIResponse(
            responseCode = "200",
            description = "The document.",
            headers =
                    @Header(
                            name = "Content-Location",
                            description = AnsweredAs.DESCRIPTION,
                            schema = @Schema(type = SchemaType.STRING)),
            content =
                    @Content(
                            schema = @Schema(type = SchemaType.OBJECT),
                            examples =
                                    @ExampleObject(
                                            name = EXAMPLE_NAME,
                                            value =
                                                    """
                                                    {"customer": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11",
                                                     "madeAt": "2026-11-23T10:00:00Z",
                                                     "manifest": {"documents": [{"service": "loyalty-service",
                                                       "path": "/loyalty/customers/019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11/export",
                                                       "holds": "accounts, points and tiers", "sequence": 4}]},
                                                     "complete": true}""")))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    public Response export(
            @Parameter(description = CustomerAnswers.REFERENCE, example = "online-retail:17850")
                    @PathParam("customer")
                    String customer) {
        Customer found = reading.of(CustomerReference.parse(customer));
        return Response.ok(document.of(found, false))
                .header(HttpHeaders.CACHE_CONTROL, NO_STORE)
                .build();
    }
}

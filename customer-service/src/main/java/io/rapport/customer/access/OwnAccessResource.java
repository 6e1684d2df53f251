package io.rapport.customer.access;

import io.rapport.customer.login.OwnCustomer;
import io.rapport.customer.profile.CustomerAnswers;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Answers customers who ask what is held of them. */
@Path("/me/export")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.CUSTOMER)
@RunOnVirtualThread
@Tag(name = "Me")
public class OwnAccessResource {

    private final OwnCustomer own;
    private final AccessDocument document;

    OwnAccessResource(OwnCustomer own, AccessDocument document) {
        this.own = own;
        this.document = document;
    }

    @GET
    @Operation(
            operationId = "exportMe",
            summary = "Read all that is held of the caller's own customer",
            description =
                    "As staff read it, without who recorded what and why, and without what staff noted of others:"
                            + " `changesLeftOut` names the versions that show values of somebody else. A document"
                            + " that is whole ends with `complete`, which is true.")
    @APIResponse(
            responseCode = "200",
            description = "The document.",
            content =
                    @Content(
                            schema = @Schema(type = SchemaType.OBJECT),
                            examples =
                                    @ExampleObject(
                                            name = AccessResource.EXAMPLE_NAME,
                                            value =
                                                    """
                                                    {"customer": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11",
                                                     "madeAt": "2026-11-23T10:00:00Z",
                                                     "manifest": {"documents": [{"service": "loyalty-service",
                                                       "path": "/me/loyalty/export",
                                                       "holds": "accounts, points and tiers", "sequence": 4}]},
                                                     "complete": true}""")))
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    public Response export() {
        return Response.ok(document.of(own.require(), true))
                .header(HttpHeaders.CACHE_CONTROL, AccessResource.NO_STORE)
                .build();
    }
}

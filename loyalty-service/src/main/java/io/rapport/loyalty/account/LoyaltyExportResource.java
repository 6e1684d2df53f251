package io.rapport.loyalty.account;

import io.rapport.directory.Directory;
import io.rapport.directory.Relationship;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.http.PageRequest;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** What we hold of a customer, for whoever asks for their data. */
@Path("/loyalty/customers/{customer}/export")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
@RunOnVirtualThread
@Tag(name = "Accounts")
public class LoyaltyExportResource {

    private static final String PROBLEM = "Problem";

    private final LoyaltyExports exports;
    private final Directory directory;

    LoyaltyExportResource(LoyaltyExports exports, Directory directory) {
        this.exports = exports;
        this.directory = directory;
    }

    @GET
    @Operation(
            operationId = "exportLoyalty",
            summary = "Read all that this service holds of a customer, page by page",
            description =
                    "Of customers that were merged all is in it, each account and entry for itself.")
    @APIResponse(
            responseCode = "200",
            description = "A page of it.",
            headers =
                    @Header(
                            name = "Content-Location",
                            description =
                                    "The export of the survivor, if a merged customer was named.",
                            schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(responseCode = "404", ref = PROBLEM)
    @APIResponse(responseCode = "410", ref = PROBLEM)
    public RestResponse<LoyaltyExport> export(
            @PathParam("customer")
                    @Parameter(
                            description = "A customer's id, or source:externalId.",
                            example = "online-retail:17850")
                    String customer,
            @BeanParam PageRequest page) {
        Relationship of = directory.relationship(CustomerReference.parse(customer));
        return ResponseBuilder.ok(exports.of(of, page))
                .header(
                        HttpHeaders.CONTENT_LOCATION,
                        of.contentLocation("/loyalty/customers/", "/export"))
                .build();
    }
}

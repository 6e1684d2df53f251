package io.rapport.interaction.timeline;

import io.rapport.directory.Directory;
import io.rapport.directory.Relationship;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.http.PageRequest;
import io.rapport.platform.http.Problem;
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
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** What we hold of a customer, for whoever asks for their data. */
@Path("/interactions/customers/{customer}/export")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
@RunOnVirtualThread
@Tag(name = "Interactions")
public class InteractionExportResource {

    private static final String PROBLEM = "Problem";

    private final InteractionExports exports;
    private final Directory directory;

    InteractionExportResource(InteractionExports exports, Directory directory) {
        this.exports = exports;
        this.directory = directory;
    }

    @GET
    @Operation(
            operationId = "exportInteractions",
            summary = "Read all that this service holds of a customer, page by page",
            description =
                    "Interactions come with their text, then promises, then facts. Of customers that were merged all are"
                            + " in it, each under the customer that it arrived on.")
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
    @APIResponse(
            responseCode = "404",
            description = "`unknown-customer`: there is no such customer.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = PROBLEM)))
    @APIResponse(
            responseCode = "410",
            description = "`customer-erased`: nothing is held any more.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = PROBLEM)))
    public RestResponse<InteractionExport> export(
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
                        of.contentLocation("/interactions/customers/", "/export"))
                .build();
    }
}

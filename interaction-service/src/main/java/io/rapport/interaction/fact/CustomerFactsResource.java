package io.rapport.interaction.fact;

import io.rapport.directory.Directory;
import io.rapport.directory.Relationship;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.http.Page;
import io.rapport.platform.http.PageRequest;
import io.rapport.platform.http.Problem;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
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
import org.jspecify.annotations.Nullable;

/** What a customer told us, for whoever serves them. */
@Path("/interactions/customers/{customer}/facts")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
@RunOnVirtualThread
@Tag(name = "Facts")
public class CustomerFactsResource {

    private static final String PROBLEM = "Problem";

    private final FactLists lists;
    private final Directory directory;

    CustomerFactsResource(FactLists lists, Directory directory) {
        this.lists = lists;
        this.directory = directory;
    }

    @GET
    @Operation(
            operationId = "listFacts",
            summary = "List what a customer told us, told last first",
            description =
                    "All that was told and not forgotten, also what does not hold any more. Of customers that were"
                            + " merged all are listed, each under the customer that its interaction arrived on.")
    @APIResponse(
            responseCode = "200",
            description = "A page of facts.",
            headers =
                    @Header(
                            name = "Content-Location",
                            description =
                                    "The list of the survivor, if a merged customer was named.",
                            schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(
            responseCode = "404",
            description = "`unknown-customer`: there is no such customer.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = PROBLEM)))
    @APIResponse(responseCode = "410", ref = PROBLEM)
    public RestResponse<Page<Fact>> list(
            @PathParam("customer")
                    @Parameter(
                            description = "A customer's id, or source:externalId.",
                            example = "online-retail:17850")
                    String customer,
            @QueryParam("key")
                    @Pattern(regexp = FactFilter.SLUG, message = FactFilter.SLUG_RULE)
                    @Parameter(description = "Only those under this key.")
                    @Nullable String key,
            @QueryParam("topic")
                    @Pattern(regexp = FactFilter.SLUG, message = FactFilter.SLUG_RULE)
                    @Parameter(description = "Only those of this topic.")
                    @Nullable String topic,
            @BeanParam PageRequest page) {
        Relationship of = directory.relationship(CustomerReference.parse(customer));
        return ResponseBuilder.ok(lists.of(of, new FactFilter(key, topic, false), page))
                .header(
                        HttpHeaders.CONTENT_LOCATION,
                        of.contentLocation("/interactions/customers/", "/facts"))
                .build();
    }
}

package io.rapport.customer.attribute;

import io.rapport.customer.attribute.AttributeDefinitions.Put;
import io.rapport.customer.profile.AttributeReading;
import io.rapport.customer.profile.CustomerAnswers;
import io.rapport.customer.profile.CustomerView;
import io.rapport.customer.profile.ETags;
import io.rapport.platform.http.Cursor;
import io.rapport.platform.http.Page;
import io.rapport.platform.http.PageRequest;
import io.rapport.platform.http.Problem;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What attributes customers can have, kept by managers, and who has a value of one. */
@Path("/attribute-definitions")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Attributes", description = "What else customers can have in their profiles.")
public class AttributeDefinitionResource {

    private static final String NAME = "The attribute's name.";
    private static final String VERSION = "The definition's version.";

    private final AttributeDefinitions definitions;
    private final AttributeReading reading;

    AttributeDefinitionResource(AttributeDefinitions definitions, AttributeReading reading) {
        this.definitions = definitions;
        this.reading = reading;
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN, Roles.PARTNER})
    @Operation(
            operationId = "listAttributeDefinitions",
            summary = "List the attributes in the order of their names, retired ones too")
    @APIResponse(responseCode = "200", description = "A page of definitions.")
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    public Page<AttributeDefinitionView> list(@BeanParam PageRequest page) {
        String filters = "attribute-definitions";
        String after = page.after(filters).map(cursor -> cursor.text(0)).orElse("");
        List<AttributeDefinition> found = definitions.page(after, page.limitPlusOne());
        return Page.of(found, page.limit(), filters, last -> Cursor.of(last.name()))
                .map(AttributeDefinitionView::of);
    }

    @GET
    @Path("{name}")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(operationId = "getAttributeDefinition", summary = "Read an attribute's definition")
    @APIResponse(
            responseCode = "200",
            description = "The definition.",
            headers = {
                @Header(
                        name = "ETag",
                        description = VERSION,
                        schema = @Schema(type = SchemaType.STRING))
            },
            content = @Content(schema = @Schema(implementation = AttributeDefinitionView.class)))
    @APIResponse(responseCode = "304", description = "The caller has this version already.")
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    public Response get(
            @Parameter(description = NAME, example = "interests") @PathParam("name") String name,
            @Parameter(
                            description =
                                    "The ETag that the caller has: 304 while it is the definition's.")
                    @HeaderParam(HttpHeaders.IF_NONE_MATCH)
                    @Nullable String ifNoneMatch) {
        AttributeDefinition found = definitions.require(name);
        return ETags.noneMatch(ifNoneMatch, found.version())
                ? answer(Response.ok(), found)
                : Response.notModified()
                        .header(HttpHeaders.ETAG, ETags.of(found.version()))
                        .build();
    }

    @PUT
    @Path("{name}")
    @RolesAllowed(Roles.MANAGER)
    @Operation(
            operationId = "putAttributeDefinition",
            summary = "Define an attribute, or change and retire it",
            description =
                    "If-None-Match: * makes it, If-Match changes it, at once and for every request from then on. While a"
                            + " customer has a value, type and uniqueness stay, and so do the allowed values that"
                            + " customers have (409). A retired attribute takes no values any more; those that were"
                            + " given stand until they are taken away.")
    @APIResponse(
            responseCode = "200",
            description = "The definition as it is now; what changes nothing makes no new version.",
            headers = {
                @Header(
                        name = "ETag",
                        description = VERSION,
                        schema = @Schema(type = SchemaType.STRING))
            },
            content = @Content(schema = @Schema(implementation = AttributeDefinitionView.class)))
    @APIResponse(
            responseCode = "201",
            description = "Made.",
            headers = {
                @Header(
                        name = "ETag",
                        description = VERSION,
                        schema = @Schema(type = SchemaType.STRING)),
                @Header(
                        name = "Location",
                        description = CustomerAnswers.LOCATION,
                        schema = @Schema(type = SchemaType.STRING))
            },
            content = @Content(schema = @Schema(implementation = AttributeDefinitionView.class)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "409", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "412", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "428", ref = CustomerAnswers.PROBLEM)
    public Response put(
            @Parameter(
                            description =
                                    "The attribute's name: a small letter, then letters and digits, at most 64.",
                            example = "interests")
                    @PathParam("name")
                    String name,
            @Parameter(description = "The ETag of the version that is changed, or *.")
                    @HeaderParam(HttpHeaders.IF_MATCH)
                    @Nullable String ifMatch,
            @Parameter(description = "*: only make it.") @HeaderParam(HttpHeaders.IF_NONE_MATCH)
                    @Nullable String ifNoneMatch,
            @NotNull @Valid AttributeTerms terms) {
        Put put = definitions.put(name, terms, ifMatch, ifNoneMatch);
        return put.made()
                ? answer(
                        Response.status(Response.Status.CREATED)
                                .header(HttpHeaders.LOCATION, "/attribute-definitions/" + name),
                        put.definition())
                : answer(Response.ok(), put.definition());
    }

    @DELETE
    @Path("{name}")
    @RolesAllowed(Roles.MANAGER)
    @Operation(
            operationId = "deleteAttributeDefinition",
            summary = "Delete the definition of an attribute that no customer has")
    @APIResponse(
            responseCode = "200",
            description = "The definition that was deleted.",
            content = @Content(schema = @Schema(implementation = AttributeDefinitionView.class)))
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(
            responseCode = "409",
            description = "`attribute-in-use`: customers have values, and it can only be retired.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(ref = CustomerAnswers.PROBLEM)))
    @APIResponse(responseCode = "412", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "428", ref = CustomerAnswers.PROBLEM)
    public AttributeDefinitionView delete(
            @Parameter(description = NAME, example = "interests") @PathParam("name") String name,
            @Parameter(
                            description = "The ETag of the version that is deleted, or *.",
                            required = true)
                    @HeaderParam(HttpHeaders.IF_MATCH)
                    @Nullable String ifMatch) {
        return AttributeDefinitionView.of(definitions.delete(name, ifMatch));
    }

    @POST
    @Path("{name}/lookup")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(
            operationId = "lookUpByAttribute",
            summary = "List the customers who have this value, in the order of their ids",
            description =
                    "Exactly this value, or a list with this element. A POST that changes nothing, because the value may"
                            + " be personal, and paths are logged.")
    @APIResponse(responseCode = "200", description = "A page of customers.")
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(
            responseCode = "409",
            description =
                    "`attribute-not-searchable`: the definition says that customers are not found by it.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(ref = CustomerAnswers.PROBLEM)))
    public Page<CustomerView> lookUp(
            @Parameter(description = NAME, example = "interests") @PathParam("name") String name,
            @BeanParam PageRequest page,
            @NotNull @Valid SoughtValue sought) {
        return reading.having(name, sought.value(), page);
    }

    private static Response answer(ResponseBuilder answer, AttributeDefinition definition) {
        return answer.header(HttpHeaders.ETAG, ETags.of(definition.version()))
                .entity(AttributeDefinitionView.of(definition))
                .build();
    }
}

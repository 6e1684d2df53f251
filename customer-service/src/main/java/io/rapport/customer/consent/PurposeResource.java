package io.rapport.customer.consent;

import io.rapport.customer.consent.Purposes.Put;
import io.rapport.customer.profile.CustomerAnswers;
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

/** What customers can consent to, kept by managers. */
@Path("/consent-purposes")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Consents", description = "What customers have allowed, for what and on which channel.")
public class PurposeResource {

    private static final String KEY = "The purpose's key.";
    private static final String VERSION = "The purpose's version.";

    private final Purposes purposes;

    PurposeResource(Purposes purposes) {
        this.purposes = purposes;
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN, Roles.PARTNER})
    @Operation(
            operationId = "listConsentPurposes",
            summary = "List the purposes in the order of their keys, retired ones too")
    @APIResponse(responseCode = "200", description = "A page of purposes.")
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    public Page<ConsentPurposeView> list(@BeanParam PageRequest page) {
        String filters = "consent-purposes";
        String after = page.after(filters).map(cursor -> cursor.text(0)).orElse("");
        List<ConsentPurpose> found = purposes.page(after, page.limitPlusOne());
        return Page.of(found, page.limit(), filters, last -> Cursor.of(last.key()))
                .map(ConsentPurposeView::of);
    }

    @GET
    @Path("{purpose}")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(operationId = "getConsentPurpose", summary = "Read a purpose")
    @APIResponse(
            responseCode = "200",
            description = "The purpose.",
            headers = {
                @Header(
                        name = "ETag",
                        description = VERSION,
                        schema = @Schema(type = SchemaType.STRING))
            },
            content = @Content(schema = @Schema(implementation = ConsentPurposeView.class)))
    @APIResponse(responseCode = "304", description = "The caller has this version already.")
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    public Response get(
            @Parameter(description = KEY, example = "product-news") @PathParam("purpose")
                    String purpose,
            @Parameter(description = "The ETag that the caller has: 304 while it is the purpose's.")
                    @HeaderParam(HttpHeaders.IF_NONE_MATCH)
                    @Nullable String ifNoneMatch) {
        ConsentPurpose found = purposes.require(purpose);
        return ETags.noneMatch(ifNoneMatch, found.version())
                ? answer(Response.ok(), found)
                : Response.notModified()
                        .header(HttpHeaders.ETAG, ETags.of(found.version()))
                        .build();
    }

    @PUT
    @Path("{purpose}")
    @RolesAllowed(Roles.MANAGER)
    @Operation(
            operationId = "putConsentPurpose",
            summary = "Make a purpose, or change and retire it",
            description =
                    "If-None-Match: * makes it, If-Match changes it. What was given before a change keeps its end; a"
                            + " retired purpose takes no consents any more, and those that were given stand until they"
                            + " end or are withdrawn.")
    @APIResponse(
            responseCode = "200",
            description = "The purpose as it is now; what changes nothing makes no new version.",
            headers = {
                @Header(
                        name = "ETag",
                        description = VERSION,
                        schema = @Schema(type = SchemaType.STRING))
            },
            content = @Content(schema = @Schema(implementation = ConsentPurposeView.class)))
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
            content = @Content(schema = @Schema(implementation = ConsentPurposeView.class)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "412", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "428", ref = CustomerAnswers.PROBLEM)
    public Response put(
            @Parameter(
                            description =
                                    "The purpose's key: words of a-z and 0-9 joined by hyphens, at most 64 characters.",
                            example = "product-news")
                    @PathParam("purpose")
                    String purpose,
            @Parameter(description = "The ETag of the version that is changed, or *.")
                    @HeaderParam(HttpHeaders.IF_MATCH)
                    @Nullable String ifMatch,
            @Parameter(description = "*: only make it.") @HeaderParam(HttpHeaders.IF_NONE_MATCH)
                    @Nullable String ifNoneMatch,
            @NotNull @Valid PurposeTerms terms) {
        Put put = purposes.put(purpose, terms, ifMatch, ifNoneMatch);
        return put.made()
                ? answer(
                        Response.status(Response.Status.CREATED)
                                .header(HttpHeaders.LOCATION, "/consent-purposes/" + purpose),
                        put.purpose())
                : answer(Response.ok(), put.purpose());
    }

    @DELETE
    @Path("{purpose}")
    @RolesAllowed(Roles.MANAGER)
    @Operation(
            operationId = "deleteConsentPurpose",
            summary = "Delete a purpose that nobody has said anything of")
    @APIResponse(
            responseCode = "200",
            description = "The purpose that was deleted.",
            content = @Content(schema = @Schema(implementation = ConsentPurposeView.class)))
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(
            responseCode = "409",
            description =
                    "`consent-purpose-in-use`: there are consents to it, and it can only be retired.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(ref = CustomerAnswers.PROBLEM)))
    @APIResponse(responseCode = "412", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "428", ref = CustomerAnswers.PROBLEM)
    public ConsentPurposeView delete(
            @Parameter(description = KEY, example = "product-news") @PathParam("purpose")
                    String purpose,
            @Parameter(
                            description = "The ETag of the version that is deleted, or *.",
                            required = true)
                    @HeaderParam(HttpHeaders.IF_MATCH)
                    @Nullable String ifMatch) {
        return ConsentPurposeView.of(purposes.delete(purpose, ifMatch));
    }

    private static Response answer(ResponseBuilder answer, ConsentPurpose purpose) {
        return answer.header(HttpHeaders.ETAG, ETags.of(purpose.version()))
                .entity(ConsentPurposeView.of(purpose))
                .build();
    }
}

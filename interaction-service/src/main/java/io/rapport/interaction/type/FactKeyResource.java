package io.rapport.interaction.type;

import io.rapport.interaction.type.Definitions.Put;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The keys under which facts are told in interactions, kept by managers. */
@Path("/interactions/fact-keys")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Vocabulary", description = "What interactions can be, kept by managers.")
public class FactKeyResource {

    private static final String CODE = "The fact key's code.";

    private final Definitions definitions;
    private final DefinitionRows<FactKeyTerms> rows;
    private final DefinitionAnswers answers;

    FactKeyResource(Definitions definitions, DefinitionAnswers answers) {
        this.definitions = definitions;
        this.rows = definitions.factKeys();
        this.answers = answers;
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN, Roles.PARTNER})
    @Operation(
            operationId = "listFactKeys",
            summary = "List the fact keys in the order of their codes, retired ones too")
    @APIResponse(responseCode = "200", description = "A page of fact keys.")
    @APIResponse(responseCode = "400", ref = DefinitionAnswers.PROBLEM)
    public Page<FactKeyView> list(@BeanParam PageRequest page) {
        String after =
                page.after("/interactions/fact-keys").map(cursor -> cursor.text(0)).orElse("");
        return Page.of(
                        rows.page(after, page.limitPlusOne()),
                        page.limit(),
                        "/interactions/fact-keys",
                        last -> Cursor.of(last.code()))
                .map(FactKeyView::of);
    }

    @GET
    @Path("{code}")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(operationId = "getFactKey", summary = "Read a fact key")
    @APIResponse(
            responseCode = "200",
            description = "The fact key.",
            headers =
                    @Header(
                            name = "ETag",
                            description = DefinitionAnswers.VERSION,
                            schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = FactKeyView.class)))
    @APIResponse(responseCode = "304", description = "The caller has this version already.")
    @APIResponse(responseCode = "404", ref = DefinitionAnswers.PROBLEM)
    public Response get(
            @Parameter(description = CODE, example = "household-size") @PathParam("code")
                    String code,
            @Parameter(description = DefinitionAnswers.IF_NONE_MATCH)
                    @HeaderParam(HttpHeaders.IF_NONE_MATCH)
                    @Nullable String ifNoneMatch) {
        Definition<FactKeyTerms> found = rows.find(code).orElseThrow(rows.list()::unknown);
        return answers.read(found.version(), FactKeyView.of(found), ifNoneMatch);
    }

    @PUT
    @Path("{code}")
    @RolesAllowed(Roles.MANAGER)
    @Operation(
            operationId = "putFactKey",
            summary = "Make a fact key, or change and retire it",
            description =
                    "If-None-Match: * makes it, If-Match changes it; it holds at once. Once facts are told under it,"
                            + " its kind stays (409). Nothing is told under a retired one any more; what was told stays and is read as before.")
    @APIResponse(
            responseCode = "200",
            description = "The fact key as it is now; what changes nothing makes no new version.",
            headers =
                    @Header(
                            name = "ETag",
                            description = DefinitionAnswers.VERSION,
                            schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = FactKeyView.class)))
    @APIResponse(
            responseCode = "201",
            description = "Made.",
            headers = {
                @Header(
                        name = "ETag",
                        description = DefinitionAnswers.VERSION,
                        schema = @Schema(type = SchemaType.STRING)),
                @Header(
                        name = "Location",
                        description = "The path under which it lives.",
                        schema = @Schema(type = SchemaType.STRING))
            },
            content = @Content(schema = @Schema(implementation = FactKeyView.class)))
    @APIResponse(responseCode = "400", ref = DefinitionAnswers.PROBLEM)
    @APIResponse(responseCode = "409", ref = DefinitionAnswers.PROBLEM)
    @APIResponse(responseCode = "412", ref = DefinitionAnswers.PROBLEM)
    @APIResponse(responseCode = "428", ref = DefinitionAnswers.PROBLEM)
    public Response put(
            @Parameter(
                            description =
                                    "The fact key's code: words of a-z and 0-9 joined by hyphens, at most 64 characters.",
                            example = "household-size")
                    @PathParam("code")
                    String code,
            @Parameter(description = "The ETag of the version that is changed, or *.")
                    @HeaderParam(HttpHeaders.IF_MATCH)
                    @Nullable String ifMatch,
            @Parameter(description = "*: only make it.") @HeaderParam(HttpHeaders.IF_NONE_MATCH)
                    @Nullable String ifNoneMatch,
            @NotNull @Valid FactKeyTerms terms) {
        Put<FactKeyTerms> put = definitions.put(rows, code, terms, ifMatch, ifNoneMatch);
        return answers.changed(rows.list(), put, FactKeyView.of(put.definition()));
    }

    @DELETE
    @Path("{code}")
    @RolesAllowed(Roles.MANAGER)
    @Operation(
            operationId = "deleteFactKey",
            summary = "Delete a fact key under which nothing was ever told")
    @APIResponse(
            responseCode = "200",
            description = "The fact key that was deleted.",
            content = @Content(schema = @Schema(implementation = FactKeyView.class)))
    @APIResponse(responseCode = "404", ref = DefinitionAnswers.PROBLEM)
    @APIResponse(
            responseCode = "409",
            description =
                    "`fact-key-in-use`: facts were told under it, or it is built in; it can only be retired.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(ref = DefinitionAnswers.PROBLEM)))
    @APIResponse(responseCode = "412", ref = DefinitionAnswers.PROBLEM)
    @APIResponse(responseCode = "428", ref = DefinitionAnswers.PROBLEM)
    public FactKeyView delete(
            @Parameter(description = CODE, example = "household-size") @PathParam("code")
                    String code,
            @Parameter(
                            description = "The ETag of the version that is deleted, or *.",
                            required = true)
                    @HeaderParam(HttpHeaders.IF_MATCH)
                    @Nullable String ifMatch) {
        return FactKeyView.of(answers.deleted(definitions.delete(rows, code, ifMatch)));
    }
}

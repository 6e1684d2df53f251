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

/** The channels by which interactions can take place, kept by managers. */
@Path("/interactions/channels")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Vocabulary", description = "What interactions can be, kept by managers.")
public class ChannelResource {

    private static final String CODE = "The channel's code.";

    private final Definitions definitions;
    private final DefinitionRows<WordTerms> rows;
    private final DefinitionAnswers answers;

    ChannelResource(Definitions definitions, DefinitionAnswers answers) {
        this.definitions = definitions;
        this.rows = definitions.channels();
        this.answers = answers;
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN, Roles.PARTNER})
    @Operation(
            operationId = "listChannels",
            summary = "List the channels in the order of their codes, retired ones too")
    @APIResponse(responseCode = "200", description = "A page of channels.")
    @APIResponse(responseCode = "400", ref = DefinitionAnswers.PROBLEM)
    public Page<WordView> list(@BeanParam PageRequest page) {
        String after =
                page.after("/interactions/channels").map(cursor -> cursor.text(0)).orElse("");
        return Page.of(
                        rows.page(after, page.limitPlusOne()),
                        page.limit(),
                        "/interactions/channels",
                        last -> Cursor.of(last.code()))
                .map(WordView::of);
    }

    @GET
    @Path("{code}")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(operationId = "getChannel", summary = "Read a channel")
    @APIResponse(
            responseCode = "200",
            description = "The channel.",
            headers =
                    @Header(
                            name = "ETag",
                            description = DefinitionAnswers.VERSION,
                            schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = WordView.class)))
    @APIResponse(responseCode = "304", description = "The caller has this version already.")
    @APIResponse(responseCode = "404", ref = DefinitionAnswers.PROBLEM)
    public Response get(
            @Parameter(description = CODE, example = "WEB") @PathParam("code") String code,
            @Parameter(description = DefinitionAnswers.IF_NONE_MATCH)
                    @HeaderParam(HttpHeaders.IF_NONE_MATCH)
                    @Nullable String ifNoneMatch) {
        Definition<WordTerms> found = rows.find(code).orElseThrow(rows.list()::unknown);
        return answers.read(found.version(), WordView.of(found), ifNoneMatch);
    }

    @PUT
    @Path("{code}")
    @RolesAllowed(Roles.MANAGER)
    @Operation(
            operationId = "putChannel",
            summary = "Make a channel, or change and retire it",
            description =
                    "If-None-Match: * makes it, If-Match changes it; every replica knows of it within"
                            + " rapport.vocabulary.refresh. Nothing is recorded with a retired one any more; what was recorded stays and is read as before.")
    @APIResponse(
            responseCode = "200",
            description = "The channel as it is now; what changes nothing makes no new version.",
            headers =
                    @Header(
                            name = "ETag",
                            description = DefinitionAnswers.VERSION,
                            schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = WordView.class)))
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
            content = @Content(schema = @Schema(implementation = WordView.class)))
    @APIResponse(responseCode = "400", ref = DefinitionAnswers.PROBLEM)
    @APIResponse(responseCode = "409", ref = DefinitionAnswers.PROBLEM)
    @APIResponse(responseCode = "412", ref = DefinitionAnswers.PROBLEM)
    @APIResponse(responseCode = "428", ref = DefinitionAnswers.PROBLEM)
    public Response put(
            @Parameter(
                            description =
                                    "The channel's code: capital letters, digits and _, at most 40 characters.",
                            example = "WEB")
                    @PathParam("code")
                    String code,
            @Parameter(description = "The ETag of the version that is changed, or *.")
                    @HeaderParam(HttpHeaders.IF_MATCH)
                    @Nullable String ifMatch,
            @Parameter(description = "*: only make it.") @HeaderParam(HttpHeaders.IF_NONE_MATCH)
                    @Nullable String ifNoneMatch,
            @NotNull @Valid WordTerms terms) {
        Put<WordTerms> put = definitions.put(rows, code, terms, ifMatch, ifNoneMatch);
        return answers.changed(rows.list(), put, WordView.of(put.definition()));
    }

    @DELETE
    @Path("{code}")
    @RolesAllowed(Roles.MANAGER)
    @Operation(
            operationId = "deleteChannel",
            summary = "Delete a channel that was never recorded with")
    @APIResponse(
            responseCode = "200",
            description = "The channel that was deleted.",
            content = @Content(schema = @Schema(implementation = WordView.class)))
    @APIResponse(responseCode = "404", ref = DefinitionAnswers.PROBLEM)
    @APIResponse(
            responseCode = "409",
            description =
                    "`channel-in-use`: interactions name it, or it is built in; it can only be retired.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(ref = DefinitionAnswers.PROBLEM)))
    @APIResponse(responseCode = "412", ref = DefinitionAnswers.PROBLEM)
    @APIResponse(responseCode = "428", ref = DefinitionAnswers.PROBLEM)
    public WordView delete(
            @Parameter(description = CODE, example = "WEB") @PathParam("code") String code,
            @Parameter(
                            description = "The ETag of the version that is deleted, or *.",
                            required = true)
                    @HeaderParam(HttpHeaders.IF_MATCH)
                    @Nullable String ifMatch) {
        return WordView.of(answers.deleted(definitions.delete(rows, code, ifMatch)));
    }
}

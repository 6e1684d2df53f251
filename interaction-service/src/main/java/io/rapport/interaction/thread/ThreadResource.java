package io.rapport.interaction.thread;

import io.rapport.directory.Directory;
import io.rapport.directory.Relationship;
import io.rapport.interaction.thread.ThreadCommands.Placing;
import io.rapport.interaction.thread.ThreadCommands.Turning;
import io.rapport.platform.event.Versions;
import io.rapport.platform.http.Cursor;
import io.rapport.platform.http.IdempotencyKeys;
import io.rapport.platform.http.Page;
import io.rapport.platform.http.PageRequest;
import io.rapport.platform.http.Problem;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
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
import java.util.UUID;
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

/** The threads of customers: what is going on with them, and whose turn it is. */
@Path("/interactions/threads")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Threads", description = "The interactions of one matter, and whose turn it is.")
public class ThreadResource {

    private static final String PROBLEM = ThreadAnswers.PROBLEM;
    private static final String ID = "The thread's id; one that was merged answers as the other.";

    /** All that decides what putting an interaction into a thread does. */
    private record Placed(UUID thread, Placing placing) {}

    private final Threads threads;
    private final ThreadRows rows;
    private final Matters matters;
    private final Directory directory;
    private final Versions versions;
    private final IdempotencyKeys keys;

    ThreadResource(
            Threads threads,
            ThreadRows rows,
            Matters matters,
            Directory directory,
            Versions versions,
            IdempotencyKeys keys) {
        this.threads = threads;
        this.rows = rows;
        this.matters = matters;
        this.directory = directory;
        this.versions = versions;
        this.keys = keys;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.AGENT, Roles.MANAGER})
    @Operation(
            operationId = "openThread",
            summary = "Open a thread with an interaction",
            description =
                    "Whose turn it is follows from the interaction: a customer's waits for us, one of ours for the"
                            + " customer; what has the outcome SOLVED is solved. An interaction is in one thread at most.")
    @APIResponse(
            responseCode = "201",
            description = "The thread.",
            headers = {
                @Header(
                        name = "ETag",
                        description = "The thread's version.",
                        schema = @Schema(type = SchemaType.STRING)),
                @Header(
                        name = "Location",
                        description = "The path under which it lives.",
                        schema = @Schema(type = SchemaType.STRING))
            },
            content = @Content(schema = @Schema(implementation = ThreadView.class)))
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(responseCode = "404", ref = PROBLEM)
    @APIResponse(
            responseCode = "409",
            description = "`interaction-in-a-thread`: it is in one already.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = PROBLEM)))
    @APIResponse(responseCode = "410", ref = PROBLEM)
    @APIResponse(responseCode = "422", ref = PROBLEM)
    public Response open(
            @Parameter(
                            description = "The same key and body again: the first answer.",
                            required = true,
                            example = "7b1f4c1e-52a0-4c7e-9a1b-0d2f6e8c4b35")
                    @HeaderParam(IdempotencyKeys.HEADER)
                    @Nullable String idempotencyKey,
            @NotNull @Valid Placing placing) {
        return keys.once(
                "openThread",
                idempotencyKey,
                placing,
                () -> ThreadAnswers.opened(threads.open(placing.interaction())));
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(
            operationId = "listThreads",
            summary = "List a customer's threads, the newest first",
            description =
                    "In the order in which they were opened. Of customers that were merged all are listed, each under the"
                            + " customer that it was opened for. Threads that were merged into another are left out.")
    @APIResponse(
            responseCode = "200",
            description = "A page of threads.",
            headers =
                    @Header(
                            name = "Content-Location",
                            description =
                                    "The list of the survivor, if a merged customer was named.",
                            schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(responseCode = "404", ref = PROBLEM)
    @APIResponse(responseCode = "410", ref = PROBLEM)
    public RestResponse<Page<ThreadView>> list(
            @BeanParam ThreadQuery query, @BeanParam PageRequest page) {
        ThreadStatus status = query.status();
        Relationship of = directory.relationship(query.requireCustomer());
        String filters = "threads of " + of.survivor() + " " + status;
        UUID last = page.after(filters).map(cursor -> cursor.uuid(0)).orElse(null);
        versions.read(of.members());
        return ResponseBuilder.ok(
                        Page.of(
                                        rows.page(of.members(), status, last, page.limitPlusOne()),
                                        page.limit(),
                                        filters,
                                        thread -> Cursor.of(thread.id()))
                                .map(ThreadView::of))
                .header(
                        HttpHeaders.CONTENT_LOCATION,
                        of.contentLocation("/interactions/threads?customer=", ""))
                .build();
    }

    @GET
    @Path("{id}")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(
            operationId = "getThread",
            summary = "Read a thread",
            description = "Its interactions: `GET /interactions?customer=…&thread=…`.")
    @APIResponse(
            responseCode = "200",
            description = "The thread; of one that was merged, the other.",
            headers = {
                @Header(
                        name = "ETag",
                        description = "The thread's version.",
                        schema = @Schema(type = SchemaType.STRING)),
                @Header(
                        name = "Content-Location",
                        description = "The thread as which it answers, if it was merged.",
                        schema = @Schema(type = SchemaType.STRING))
            },
            content = @Content(schema = @Schema(implementation = ThreadView.class)))
    @APIResponse(responseCode = "304", description = "The caller has this version already.")
    @APIResponse(responseCode = "404", ref = PROBLEM)
    @APIResponse(responseCode = "410", ref = PROBLEM)
    public Response get(
            @Parameter(description = ID) @PathParam("id") UUID id,
            @Parameter(description = "The ETag that the caller has: 304 while it is the thread's.")
                    @HeaderParam(HttpHeaders.IF_NONE_MATCH)
                    @Nullable String ifNoneMatch) {
        versions.read(matters.require(id).customers());
        // Again, for what is told is never older than that version.
        return ThreadAnswers.read(matters.require(id), ifNoneMatch);
    }

    @PUT
    @Path("{id}/status")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.AGENT, Roles.MANAGER})
    @Operation(
            operationId = "putThreadStatus",
            summary = "Solve a thread, reopen it, or say whose turn it is",
            description =
                    "The version changes with each interaction that comes in, so that nobody solves what they have not"
                            + " read. A customer's next turn reopens it.")
    @APIResponse(
            responseCode = "200",
            description = "The thread as it is now.",
            headers =
                    @Header(
                            name = "ETag",
                            description = "The thread's version.",
                            schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = ThreadView.class)))
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(responseCode = "404", ref = PROBLEM)
    @APIResponse(responseCode = "410", ref = PROBLEM)
    @APIResponse(responseCode = "412", ref = PROBLEM)
    @APIResponse(responseCode = "428", ref = PROBLEM)
    public Response turn(
            @Parameter(description = ID) @PathParam("id") UUID id,
            @Parameter(description = "The ETag of the version that is changed.", required = true)
                    @HeaderParam(HttpHeaders.IF_MATCH)
                    @Nullable String ifMatch,
            @NotNull @Valid Turning turning) {
        return ThreadAnswers.of(threads.turn(id, turning.status(), ifMatch));
    }

    @POST
    @Path("{id}/interactions")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.AGENT, Roles.MANAGER})
    @Operation(
            operationId = "addToThread",
            summary = "Put an interaction of the same customer into a thread",
            description =
                    "At most 1,000 are in one. Only what is newer than all in it changes whose turn it is.")
    @APIResponse(
            responseCode = "200",
            description = "The thread with it.",
            headers =
                    @Header(
                            name = "ETag",
                            description = "The thread's version.",
                            schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = ThreadView.class)))
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(responseCode = "404", ref = PROBLEM)
    @APIResponse(
            responseCode = "409",
            description =
                    "`thread-of-another-customer`, `interaction-in-a-thread`: it is in another one, `thread-full`.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = PROBLEM)))
    @APIResponse(responseCode = "410", ref = PROBLEM)
    @APIResponse(responseCode = "422", ref = PROBLEM)
    public Response add(
            @Parameter(description = ID) @PathParam("id") UUID id,
            @Parameter(
                            description = "The same key and body again: the first answer.",
                            required = true,
                            example = "7b1f4c1e-52a0-4c7e-9a1b-0d2f6e8c4b35")
                    @HeaderParam(IdempotencyKeys.HEADER)
                    @Nullable String idempotencyKey,
            @NotNull @Valid Placing placing) {
        return keys.once(
                "addToThread",
                idempotencyKey,
                new Placed(id, placing),
                () -> ThreadAnswers.of(threads.add(id, placing.interaction())));
    }
}

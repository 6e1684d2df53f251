package io.rapport.interaction.thread;

import io.rapport.interaction.thread.ThreadCommands.Merging;
import io.rapport.interaction.thread.ThreadCommands.Splitting;
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
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Makes threads one, takes one apart, and undoes either. */
@Path("/interactions/threads/{id}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Threads")
public class ThreadOperationResource {

    private static final String PROBLEM = ThreadAnswers.PROBLEM;
    private static final String KEY = "The same key and body again: the first answer.";
    private static final String EXAMPLE_KEY = "7b1f4c1e-52a0-4c7e-9a1b-0d2f6e8c4b35";

    /** All that decides what a command does. */
    private record Asked(UUID thread, Object command) {}

    private final Merges merges;
    private final Splits splits;
    private final Undoings undoings;
    private final OperationRows rows;
    private final Matters matters;
    private final Versions versions;
    private final IdempotencyKeys keys;

    ThreadOperationResource(
            Merges merges,
            Splits splits,
            Undoings undoings,
            OperationRows rows,
            Matters matters,
            Versions versions,
            IdempotencyKeys keys) {
        this.merges = merges;
        this.splits = splits;
        this.undoings = undoings;
        this.rows = rows;
        this.matters = matters;
        this.versions = versions;
        this.keys = keys;
    }

    @POST
    @Path("merges")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.AGENT, Roles.MANAGER})
    @Operation(
            operationId = "mergeThreads",
            summary = "Merge another thread of the same customer into this one",
            description =
                    "From then on the other one answers as this one, and what is told of it comes here. If one of both"
                            + " waits for us, so does this one. Nothing is moved, so that an undo leaves both as they were.")
    @APIResponse(
            responseCode = "200",
            description = "What was done.",
            content = @Content(schema = @Schema(implementation = ThreadOperation.class)))
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(responseCode = "404", ref = PROBLEM)
    @APIResponse(
            responseCode = "409",
            description =
                    "`same-thread`, `thread-merged`: one of both was merged, `thread-of-another-customer`,"
                            + " `threads-in-a-circle`, `too-many-merged-threads`, `thread-full`.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = PROBLEM)))
    @APIResponse(responseCode = "410", ref = PROBLEM)
    @APIResponse(responseCode = "422", ref = PROBLEM)
    public Response merge(
            @Parameter(description = "The thread that stays.") @PathParam("id") UUID id,
            @Parameter(description = KEY, required = true, example = EXAMPLE_KEY)
                    @HeaderParam(IdempotencyKeys.HEADER)
                    @Nullable String idempotencyKey,
            @NotNull @Valid Merging merging) {
        return keys.once(
                "mergeThreads",
                idempotencyKey,
                new Asked(id, merging),
                () -> Response.ok(merges.merge(id, merging.thread())).build());
    }

    @POST
    @Path("splits")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.AGENT, Roles.MANAGER})
    @Operation(
            operationId = "splitThread",
            summary = "Split interactions off into a thread of their own",
            description = "The new thread is `other` in the answer. At least one stays behind.")
    @APIResponse(
            responseCode = "200",
            description = "What was done.",
            content = @Content(schema = @Schema(implementation = ThreadOperation.class)))
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(responseCode = "404", ref = PROBLEM)
    @APIResponse(
            responseCode = "409",
            description = "`thread-merged`: this one was merged into another.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = PROBLEM)))
    @APIResponse(responseCode = "410", ref = PROBLEM)
    @APIResponse(
            responseCode = "422",
            description =
                    "`interaction-not-in-thread`; `split-leaves-nothing`: those are all that are in it.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = PROBLEM)))
    public Response split(
            @Parameter(description = "The thread that is split.") @PathParam("id") UUID id,
            @Parameter(description = KEY, required = true, example = EXAMPLE_KEY)
                    @HeaderParam(IdempotencyKeys.HEADER)
                    @Nullable String idempotencyKey,
            @NotNull @Valid Splitting splitting) {
        return keys.once(
                "splitThread",
                idempotencyKey,
                new Asked(id, splitting),
                () -> Response.ok(splits.split(id, splitting.interactions())).build());
    }

    @GET
    @Path("operations")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(
            operationId = "listThreadOperations",
            summary = "List what became of a thread, newest first",
            description =
                    "Its merges and splits, those of threads merged into it, and what undid them.")
    @APIResponse(responseCode = "200", description = "A page of operations.")
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(responseCode = "404", ref = PROBLEM)
    @APIResponse(responseCode = "410", ref = PROBLEM)
    public Page<ThreadOperation> list(
            @Parameter(description = "The thread's id.") @PathParam("id") UUID id,
            @BeanParam PageRequest page) {
        Matter matter = matters.require(id);
        String filters = "operations of thread " + matter.root().id();
        UUID last = page.after(filters).map(cursor -> cursor.uuid(0)).orElse(null);
        versions.read(matter.customers());
        return Page.of(
                rows.page(matter.threads(), last, page.limitPlusOne()),
                page.limit(),
                filters,
                operation -> Cursor.of(operation.id()));
    }

    @POST
    @Path("operations/{operation}/undo")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER})
    @Operation(
            operationId = "undoThreadOperation",
            summary = "Undo a merge or a split",
            description =
                    "After a merge both are as they were, each with what came to it meanwhile. A split is undone while the"
                            + " thread that was split off holds just that; its id then answers as this thread.")
    @APIResponse(
            responseCode = "200",
            description = "What was done.",
            content = @Content(schema = @Schema(implementation = ThreadOperation.class)))
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(responseCode = "404", ref = PROBLEM)
    @APIResponse(
            responseCode = "409",
            description =
                    "`already-undone`, `cannot-be-undone`: it undid another itself, `operation-overtaken`: more has become"
                            + " of the threads since.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = PROBLEM)))
    @APIResponse(responseCode = "410", ref = PROBLEM)
    @APIResponse(responseCode = "422", ref = PROBLEM)
    public Response undo(
            @Parameter(description = "The thread's id.") @PathParam("id") UUID id,
            @Parameter(description = "The operation's id.") @PathParam("operation") UUID operation,
            @Parameter(description = KEY, required = true, example = EXAMPLE_KEY)
                    @HeaderParam(IdempotencyKeys.HEADER)
                    @Nullable String idempotencyKey) {
        return keys.once(
                "undoThreadOperation",
                idempotencyKey,
                new Asked(id, operation),
                () -> Response.ok(undoings.undo(id, operation)).build());
    }
}

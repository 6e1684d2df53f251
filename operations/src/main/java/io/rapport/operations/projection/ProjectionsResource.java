package io.rapport.operations.projection;

import io.rapport.platform.http.Cursor;
import io.rapport.platform.http.Page;
import io.rapport.platform.http.PageRequest;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * The projections of a service, for an admin to replay, compare and switch. Each service that has
 * one extends it with the path below which they stand.
 */
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@Tag(
        name = "Projections",
        description =
                "What this service folds from events, and how it is folded anew beside what is read.")
@RunOnVirtualThread
public abstract class ProjectionsResource {

    private static final String PROBLEM = "Problem";
    private static final String NAME = "The projection's name.";
    private static final String EXAMPLE = "directory";

    private final Replays replays;

    protected ProjectionsResource(Replays replays) {
        this.replays = replays;
    }

    @GET
    @Operation(
            operationId = "list{Service}Projections",
            summary = "List the projections of this service with their generations")
    @APIResponse(responseCode = "200", description = "A page of projections, by name.")
    @APIResponse(responseCode = "400", ref = PROBLEM)
    public Page<ProjectionStanding> list(@BeanParam PageRequest page) {
        String filters = "projections";
        String after = page.after(filters).map(cursor -> cursor.text(0)).orElse("");
        return Page.of(
                replays.list(after, page.limitPlusOne()),
                page.limit(),
                filters,
                last -> Cursor.of(last.name()));
    }

    @GET
    @Path("/{name}")
    @Operation(
            operationId = "get{Service}Projection",
            summary =
                    "Read which generations of a projection there are, and how far they have come")
    @APIResponse(responseCode = "200", description = "The projection.")
    @APIResponse(responseCode = "404", ref = PROBLEM)
    public ProjectionStanding read(
            @PathParam("name") @Parameter(description = NAME, example = EXAMPLE) String name) {
        return replays.find(name);
    }

    @PUT
    @Path("/{name}/replay")
    @Operation(
            operationId = "replay{Service}Projection",
            summary = "Fold a new generation of a projection from the beginning of its topics",
            description =
                    "The live one is read and folded as before. Again: nothing more happens while one is folded beside.")
    @APIResponse(responseCode = "200", description = "The projection with the generation beside.")
    @APIResponse(responseCode = "404", ref = PROBLEM)
    public ProjectionStanding replay(
            @PathParam("name") @Parameter(description = NAME, example = EXAMPLE) String name) {
        return replays.begin(name);
    }

    @GET
    @Path("/{name}/differences")
    @Operation(
            operationId = "compare{Service}Projection",
            summary = "Compare the generation beside with the live one",
            description =
                    "Customers are compared in the order of their ids, up to 10,000 for a page, each at one moment at"
                            + " which both generations have applied the same events. Follow `next` to the end. They are"
                            + " taken some hundred at a time, so a page may hold more rows than `limit`; it ends with"
                            + " those that reach it.")
    @APIResponse(responseCode = "200", description = "What differs, for the customers of one page.")
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(responseCode = "404", ref = PROBLEM)
    public Comparison compare(
            @PathParam("name") @Parameter(description = NAME, example = EXAMPLE) String name,
            @BeanParam PageRequest page) {
        ProjectionStanding standing = replays.find(name);
        String filters = "differences of " + name + " " + standing.live() + " " + standing.beside();
        UUID after = page.after(filters).map(cursor -> cursor.uuid(0)).orElse(null);
        return replays.compare(name, after, page.limit(), last -> Cursor.of(last).encode(filters));
    }

    @POST
    @Path("/{name}/switch")
    @Operation(
            operationId = "switch{Service}Projection",
            summary = "Read the generation beside from now on",
            description =
                    "For all readers at once, who miss nothing that they have read: the live one stands still until the"
                            + " other has caught up, two seconds at most. It goes on being folded beside, so that it"
                            + " can be switched back to. Needs no Idempotency-Key: again, it changes nothing. 409"
                            + " `generation-behind`: it has not caught up. 409 `generation-incomplete`: events of it"
                            + " wait for earlier ones.")
    @APIResponse(responseCode = "200", description = "The projection as it is read now.")
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(responseCode = "404", ref = PROBLEM)
    @APIResponse(responseCode = "409", ref = PROBLEM)
    public ProjectionStanding switchTo(
            @PathParam("name") @Parameter(description = NAME, example = EXAMPLE) String name,
            @NotNull @Valid NextLive next) {
        return replays.switchTo(name, next.generation());
    }

    @DELETE
    @Path("/{name}/generations/{generation}")
    @Operation(
            operationId = "drop{Service}ProjectionGeneration",
            summary = "Drop the generation that is folded beside the live one",
            description =
                    "Its rows are removed by and by. Again: nothing more happens. 409 `generation-is-live`: it is read.")
    @APIResponse(responseCode = "200", description = "The projection without it.")
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(responseCode = "404", ref = PROBLEM)
    @APIResponse(responseCode = "409", ref = PROBLEM)
    public ProjectionStanding drop(
            @PathParam("name") @Parameter(description = NAME, example = EXAMPLE) String name,
            @PathParam("generation")
                    @Parameter(description = "The number of the generation.", example = "2")
                    int generation) {
        return replays.drop(name, generation);
    }
}

package io.rapport.operations.restore;

import io.rapport.platform.http.Cursor;
import io.rapport.platform.http.Page;
import io.rapport.platform.http.PageRequest;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * What a restored database has lost, for an admin to see and to go on without. Each service extends
 * it with the path below which it stands.
 */
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@Tag(
        name = "Lost events",
        description = "Events of this service that its restored database does not know.")
@RunOnVirtualThread
public abstract class LostEventsResource {

    private static final String PROBLEM = "Problem";
    private static final String FILTERS = "lost-events";

    private final LostEvents lost;

    protected LostEventsResource(LostEvents lost) {
        this.lost = lost;
    }

    @GET
    @Operation(
            operationId = "listLost{Service}Events",
            summary = "List the events that the restored database does not know",
            description =
                    "In the order in which they were found, those too whose loss was accepted. What they say stands in"
                            + " their topic.")
    @APIResponse(responseCode = "200", description = "A page of lost events.")
    @APIResponse(responseCode = "400", ref = PROBLEM)
    public Page<LostEvent> list(@BeanParam PageRequest page) {
        long after = page.after(FILTERS).map(cursor -> cursor.number(0)).orElse(0L);
        List<LostEvent> found = lost.listAfter(after, page.limitPlusOne());
        return Page.of(found, page.limit(), FILTERS, last -> Cursor.of(last.number()));
    }

    @POST
    @Path("/accept")
    @Operation(
            operationId = "acceptLost{Service}Events",
            summary = "Go on without the lost events",
            description =
                    "Raises counters and versions above what the topics hold, gives what waits numbers above, publishes"
                            + " states anew on compacted topics; then the relay sends again. Needs no Idempotency-Key:"
                            + " what is accepted is not accepted again, and a call that was broken off is repeated.")
    @APIResponse(responseCode = "200", description = "What was done, or would be.")
    @APIResponse(responseCode = "400", ref = PROBLEM)
    public Acceptance accept(
            @QueryParam("dryRun")
                    @DefaultValue("false")
                    @Pattern(regexp = "true|false", message = "must be true or false")
                    @Parameter(
                            description = "Only tell what would be done.",
                            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
                    String dryRun) {
        return dryRun.equals("true") ? lost.open() : lost.accept();
    }
}

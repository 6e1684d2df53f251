package io.rapport.interaction.thread;

import io.rapport.interaction.clock.ClockView;
import io.rapport.interaction.clock.Clocks;
import io.rapport.platform.event.Versions;
import io.rapport.platform.http.Cursor;
import io.rapport.platform.http.Page;
import io.rapport.platform.http.PageRequest;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The clocks that a thread waits by. */
@Path("/interactions/threads/{id}/clocks")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
@RunOnVirtualThread
@Tag(name = "Clocks")
public class ThreadClockResource {

    private static final String PROBLEM = ThreadAnswers.PROBLEM;

    private final Clocks clocks;
    private final Matters matters;
    private final Versions versions;

    ThreadClockResource(Clocks clocks, Matters matters, Versions versions) {
        this.clocks = clocks;
        this.matters = matters;
        this.versions = versions;
    }

    @GET
    @Operation(
            operationId = "listThreadClocks",
            summary = "List the clocks of a thread, newest first",
            description = "Those of threads that were merged into it, too, which stand still.")
    @APIResponse(responseCode = "200", description = "A page of clocks.")
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(responseCode = "404", ref = PROBLEM)
    @APIResponse(responseCode = "410", ref = PROBLEM)
    public Page<ClockView> list(
            @Parameter(description = "The thread's id.") @PathParam("id") UUID id,
            @BeanParam PageRequest page) {
        Matter matter = matters.require(id);
        String filters = "clocks of thread " + matter.root().id();
        UUID last = page.after(filters).map(cursor -> cursor.uuid(0)).orElse(null);
        versions.read(matter.customers());
        return Page.of(
                        clocks.page(matter.threads(), last, page.limitPlusOne()),
                        page.limit(),
                        filters,
                        clock -> Cursor.of(clock.id()))
                .map(clocks::view);
    }
}

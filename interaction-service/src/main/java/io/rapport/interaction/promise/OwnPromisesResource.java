package io.rapport.interaction.promise;

import io.rapport.directory.Directory;
import io.rapport.platform.http.Page;
import io.rapport.platform.http.PageRequest;
import io.rapport.platform.http.Problem;
import io.rapport.platform.security.Caller;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What was promised to the customer who asks, by the login that the token proves. */
@Path("/me/interactions/promises")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.CUSTOMER)
@RunOnVirtualThread
@Tag(name = "Me")
public class OwnPromisesResource {

    private static final String PROBLEM = "Problem";

    private final PromiseLists lists;
    private final Directory directory;
    private final Caller caller;

    OwnPromisesResource(PromiseLists lists, Directory directory, Caller caller) {
        this.lists = lists;
        this.directory = directory;
        this.caller = caller;
    }

    @GET
    @Operation(
            operationId = "listMyPromises",
            summary = "List what was promised to the caller's own customer, due last first",
            description = "As staff read it; of customers that were merged all is in it.")
    @APIResponse(responseCode = "200", description = "A page of promises.")
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(
            responseCode = "404",
            description =
                    "`login-not-linked`: no customer is known by the caller's login, or not yet.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = PROBLEM)))
    @APIResponse(responseCode = "410", ref = PROBLEM)
    public Page<Promise> list(
            @QueryParam("state") @Parameter(description = "Only those with which it stands so.")
                    @Nullable PromiseState state,
            @BeanParam PageRequest page) {
        return lists.of(directory.relationship(caller.login()), state, page);
    }
}

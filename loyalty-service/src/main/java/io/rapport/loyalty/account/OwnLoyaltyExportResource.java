package io.rapport.loyalty.account;

import io.rapport.directory.Directory;
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
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Answers customers who ask what is held of them, by the login that their token proves. */
@Path("/me/loyalty/export")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.CUSTOMER)
@RunOnVirtualThread
@Tag(name = "Me", description = "The caller's own customer.")
public class OwnLoyaltyExportResource {

    private static final String PROBLEM = "Problem";

    private final LoyaltyExports exports;
    private final Directory directory;
    private final Caller caller;

    OwnLoyaltyExportResource(LoyaltyExports exports, Directory directory, Caller caller) {
        this.exports = exports;
        this.directory = directory;
        this.caller = caller;
    }

    @GET
    @Operation(
            operationId = "exportMyLoyalty",
            summary = "Read all that this service holds of the caller's own customer, page by page",
            description = "As staff read it; of customers that were merged all is in it.")
    @APIResponse(responseCode = "200", description = "A page of it.")
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(
            responseCode = "404",
            description =
                    "`login-not-linked`: no customer is known by the caller's login, or not yet.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = PROBLEM)))
    @APIResponse(responseCode = "410", ref = PROBLEM)
    public LoyaltyExport export(@BeanParam PageRequest page) {
        return exports.of(directory.relationship(caller.login()), page);
    }
}

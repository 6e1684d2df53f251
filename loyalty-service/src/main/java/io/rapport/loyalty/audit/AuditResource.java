package io.rapport.loyalty.audit;

import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The proof of the ledger over HTTP. */
@Path("/loyalty/audit")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@Tag(name = "Audit", description = "Proves that every account is the fold of its entries.")
@RunOnVirtualThread
public class AuditResource {

    private final Audit audit;

    AuditResource(Audit audit) {
        this.audit = audit;
    }

    @POST
    @Operation(
            operationId = "auditLoyaltyLedger",
            summary = "Compute every account again from its entries and report those that differ",
            description =
                    "Changes nothing and may run while points move; it reads the whole ledger.")
    @APIResponse(responseCode = "200", description = "What was read and found.")
    @APIResponse(responseCode = "400", ref = "Problem")
    public AuditReport run() {
        return audit.run();
    }
}

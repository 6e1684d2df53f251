package io.rapport.loyalty.account;

import io.rapport.directory.Directory;
import io.rapport.loyalty.programme.Programme;
import io.rapport.loyalty.programme.Programmes;
import io.rapport.platform.CustomerReference;
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
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Points over HTTP: what a customer holds, and why. */
@Path("/loyalty/accounts/{customer}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
@Tag(name = "Accounts", description = "What customers hold in the programme, and why.")
@RunOnVirtualThread
public class AccountResource {

    private static final String PROBLEM = "Problem";
    private static final String CUSTOMER = "A customer's id, or source:externalId.";

    private final Accounts accounts;
    private final Programmes programmes;
    private final Directory directory;
    private final Versions versions;

    AccountResource(
            Accounts accounts, Programmes programmes, Directory directory, Versions versions) {
        this.accounts = accounts;
        this.programmes = programmes;
        this.directory = directory;
        this.versions = versions;
    }

    @GET
    @Operation(
            operationId = "getLoyaltyAccount",
            summary = "Read a customer's points and tier",
            description = "A known customer without entries has 0 points.")
    @APIResponse(responseCode = "200", description = "Where the customer stands.")
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(responseCode = "404", ref = PROBLEM)
    public Standing read(
            @PathParam("customer")
                    @Parameter(description = CUSTOMER, example = "online-retail:17850")
                    String customer) {
        UUID id = directory.require(CustomerReference.parse(customer));
        versions.read(id);
        Programme programme = programmes.standard();
        return Standing.of(accounts.of(id, programme), programme);
    }

    @GET
    @Path("/entries")
    @Operation(
            operationId = "listLoyaltyEntries",
            summary = "List why the points moved, newest first")
    @APIResponse(responseCode = "200", description = "A page of entries.")
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(responseCode = "404", ref = PROBLEM)
    public Page<Entry> entries(
            @PathParam("customer")
                    @Parameter(description = CUSTOMER, example = "online-retail:17850")
                    String customer,
            @BeanParam PageRequest page) {
        UUID id = directory.require(CustomerReference.parse(customer));
        String filters = "entries " + id;
        long before = page.after(filters).map(cursor -> cursor.number(0)).orElse(Long.MAX_VALUE);
        versions.read(id);
        List<Entry> found =
                accounts.entriesBefore(before, id, programmes.standard(), page.limitPlusOne());
        return Page.of(found, page.limit(), filters, last -> Cursor.of(last.number()));
    }
}

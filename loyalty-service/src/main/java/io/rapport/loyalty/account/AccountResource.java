package io.rapport.loyalty.account;

import io.rapport.directory.Directory;
import io.rapport.directory.Relationship;
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
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Points over HTTP: what a customer holds, and why. */
@Path("/loyalty/accounts/{customer}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
@Tag(name = "Accounts", description = "What customers hold in the programme, and why.")
@RunOnVirtualThread
public class AccountResource {

    private static final String PROBLEM = "Problem";
    private static final String CUSTOMER = "A customer's id, or source:externalId.";

    private static final String SURVIVOR =
            "Where it is found under the survivor's id, if a merged customer was named.";

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
            description =
                    "A known customer without entries has 0 points. Customers that were merged stand together.")
    @APIResponse(
            responseCode = "200",
            description = "Where the customer stands.",
            headers = {
                @Header(
                        name = "Content-Location",
                        description = SURVIVOR,
                        schema = @Schema(type = SchemaType.STRING))
            })
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(responseCode = "404", ref = PROBLEM)
    @APIResponse(responseCode = "410", ref = PROBLEM)
    public RestResponse<Standing> read(
            @PathParam("customer")
                    @Parameter(description = CUSTOMER, example = "online-retail:17850")
                    String customer) {
        Relationship of = directory.relationship(CustomerReference.parse(customer));
        versions.read(of.members());
        Programme programme = programmes.standard();
        Account account =
                Account.together(of.survivor(), accounts.of(of.members(), programme), programme);
        return answer(Standing.of(account, programme), of, "");
    }

    @GET
    @Path("/entries")
    @Operation(
            operationId = "listLoyaltyEntries",
            summary = "List why the points moved, newest first",
            description =
                    "Of customers that were merged all entries are listed, each of its own account.")
    @APIResponse(
            responseCode = "200",
            description = "A page of entries.",
            headers = {
                @Header(
                        name = "Content-Location",
                        description = SURVIVOR,
                        schema = @Schema(type = SchemaType.STRING))
            })
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(responseCode = "404", ref = PROBLEM)
    @APIResponse(responseCode = "410", ref = PROBLEM)
    public RestResponse<Page<Entry>> entries(
            @PathParam("customer")
                    @Parameter(description = CUSTOMER, example = "online-retail:17850")
                    String customer,
            @BeanParam PageRequest page) {
        Relationship of = directory.relationship(CustomerReference.parse(customer));
        String filters = "entries " + of.survivor();
        UUID before = page.after(filters).map(cursor -> cursor.uuid(0)).orElse(null);
        versions.read(of.members());
        List<Entry> found =
                accounts.entriesBefore(
                        before, of.members(), programmes.standard(), page.limitPlusOne());
        return answer(
                Page.of(found, page.limit(), filters, last -> Cursor.of(last.id())),
                of,
                "/entries");
    }

    private static <T> RestResponse<T> answer(T entity, Relationship of, String suffix) {
        return ResponseBuilder.ok(entity)
                .header(
                        HttpHeaders.CONTENT_LOCATION,
                        of.contentLocation("/loyalty/accounts/", suffix))
                .build();
    }
}

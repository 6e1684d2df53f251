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
import org.jspecify.annotations.Nullable;

/** What we hold of a customer, for whoever asks for their data. */
@Path("/loyalty/customers/{customer}/export")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
@RunOnVirtualThread
@Tag(name = "Accounts")
public class LoyaltyExportResource {

    private static final String PROBLEM = "Problem";

    private final Accounts accounts;
    private final Programmes programmes;
    private final Directory directory;
    private final Versions versions;

    LoyaltyExportResource(
            Accounts accounts, Programmes programmes, Directory directory, Versions versions) {
        this.accounts = accounts;
        this.programmes = programmes;
        this.directory = directory;
        this.versions = versions;
    }

    @GET
    @Operation(
            operationId = "exportLoyalty",
            summary = "Read all that this service holds of a customer, page by page",
            description =
                    "Of customers that were merged all is in it, each account and entry for itself.")
    @APIResponse(
            responseCode = "200",
            description = "A page of it.",
            headers =
                    @Header(
                            name = "Content-Location",
                            description =
                                    "The export of the survivor, if a merged customer was named.",
                            schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(responseCode = "404", ref = PROBLEM)
    @APIResponse(responseCode = "410", ref = PROBLEM)
    public RestResponse<LoyaltyExport> export(
            @PathParam("customer")
                    @Parameter(
                            description = "A customer's id, or source:externalId.",
                            example = "online-retail:17850")
                    String customer,
            @BeanParam PageRequest page) {
        Relationship of = directory.relationship(CustomerReference.parse(customer));
        String list = "export of loyalty of " + of.survivor();
        @Nullable UUID before = page.after(list).map(cursor -> cursor.uuid(0)).orElse(null);
        versions.read(of.members());
        Programme programme = programmes.standard();
        Page<Entry> found =
                Page.of(
                        accounts.entriesBefore(
                                before, of.members(), programme, page.limitPlusOne()),
                        page.limit(),
                        list,
                        last -> Cursor.of(last.id()));
        List<Standing> standings =
                accounts.of(of.members(), programme).stream()
                        .map(account -> Standing.of(account, programme))
                        .toList();
        return ResponseBuilder.ok(
                        new LoyaltyExport(
                                of.survivor(),
                                of.members(),
                                directory.identities(of.members()),
                                standings,
                                found.items(),
                                found.next()))
                .header(
                        HttpHeaders.CONTENT_LOCATION,
                        of.contentLocation("/loyalty/customers/", "/export"))
                .build();
    }
}

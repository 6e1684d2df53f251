package io.rapport.customer.identity;

import io.rapport.customer.Identity;
import io.rapport.customer.profile.AnsweredAs;
import io.rapport.customer.profile.ChangeReason;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerAnswers;
import io.rapport.customer.profile.CustomerReading;
import io.rapport.customer.profile.CustomerView;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.http.Cursor;
import io.rapport.platform.http.Page;
import io.rapport.platform.http.PageRequest;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * The names that sources have for one customer; partners read and change those of their own
 * sources, of customers who have one.
 */
@Path("/customers/{customer}/identities")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Identities", description = "Under which names other sources know a customer.")
public class IdentitiesResource {

    private final IdentityChanges changes;
    private final CustomerReading reading;
    private final OwnSources sources;

    IdentitiesResource(IdentityChanges changes, CustomerReading reading, OwnSources sources) {
        this.changes = changes;
        this.reading = reading;
        this.sources = sources;
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN, Roles.PARTNER})
    @Operation(
            operationId = "listIdentities",
            summary = "List the identities of a customer",
            description = "Sorted by source and external id; a partner sees those of its sources.")
    @APIResponse(
            responseCode = "200",
            description = "A page of identities.",
            headers =
                    @Header(
                            name = "Content-Location",
                            description = AnsweredAs.DESCRIPTION,
                            schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    public Page<Identity> list(
            @Parameter(description = CustomerAnswers.REFERENCE, example = "online-retail:17850")
                    @PathParam("customer")
                    String customer,
            @BeanParam PageRequest page) {
        CustomerReference reference = CustomerReference.parse(customer);
        sources.require(reference);
        Customer found = reading.of(reference);
        String filters = "identities?customer=" + found.id();
        String after = page.after(filters).map(cursor -> cursor.text(0)).orElse("");
        List<Identity> names =
                found.names()
                        .filter(sources::visible)
                        .filter(name -> name.toString().compareTo(after) > 0)
                        .limit(page.limitPlusOne())
                        .toList();
        return Page.of(names, page.limit(), filters, last -> Cursor.of(last));
    }

    @PUT
    @Path("{source}/{externalId}")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.PARTNER})
    @Operation(
            operationId = "addIdentity",
            summary = "Let a source's name stand for a customer",
            description =
                    "Nothing changes when it does already. Of callers who race for one identity, one gets it. 409"
                            + " identity-taken names the customer who has it in `candidates`; 409 too-many-identities"
                            + " when the customer has as many as one may have.")
    @Parameter(
            name = ChangeReason.HEADER,
            in = ParameterIn.HEADER,
            description = ChangeReason.DESCRIPTION,
            schema = @Schema(type = SchemaType.STRING))
    @APIResponse(
            responseCode = "200",
            description = "The customer as it is now.",
            headers = {
                @Header(
                        name = "ETag",
                        description = CustomerAnswers.ETAG,
                        schema = @Schema(type = SchemaType.STRING))
            },
            content = @Content(schema = @Schema(implementation = CustomerView.class)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "409", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "412", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "428", ref = CustomerAnswers.PROBLEM)
    public Response add(
            @Parameter(description = CustomerAnswers.REFERENCE, example = "online-retail:17850")
                    @PathParam("customer")
                    String customer,
            @Parameter(example = "loyalty-card") @PathParam("source") String source,
            @Parameter(example = "6342-0001-77") @PathParam("externalId") String externalId,
            @Parameter(description = CustomerAnswers.IF_MATCH, required = true)
                    @HeaderParam(HttpHeaders.IF_MATCH)
                    @Nullable String ifMatch) {
        CustomerReference reference = CustomerReference.parse(customer);
        return changed(changes.add(reference, own(reference, source, externalId), ifMatch));
    }

    @DELETE
    @Path("{source}/{externalId}")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.PARTNER})
    @Operation(
            operationId = "removeIdentity",
            summary = "Let a source's name stand for nobody",
            description =
                    "What arrived under the name stays with the customer. What arrives under it later is of an unknown"
                            + " customer, until the name is given to one again.")
    @Parameter(
            name = ChangeReason.HEADER,
            in = ParameterIn.HEADER,
            description = ChangeReason.DESCRIPTION,
            schema = @Schema(type = SchemaType.STRING))
    @APIResponse(
            responseCode = "200",
            description = "The customer as it is now.",
            headers = {
                @Header(
                        name = "ETag",
                        description = CustomerAnswers.ETAG,
                        schema = @Schema(type = SchemaType.STRING))
            },
            content = @Content(schema = @Schema(implementation = CustomerView.class)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "409", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "412", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "428", ref = CustomerAnswers.PROBLEM)
    public Response remove(
            @Parameter(description = CustomerAnswers.REFERENCE, example = "online-retail:17850")
                    @PathParam("customer")
                    String customer,
            @Parameter(example = "loyalty-card") @PathParam("source") String source,
            @Parameter(example = "6342-0001-77") @PathParam("externalId") String externalId,
            @Parameter(description = CustomerAnswers.IF_MATCH, required = true)
                    @HeaderParam(HttpHeaders.IF_MATCH)
                    @Nullable String ifMatch) {
        CustomerReference reference = CustomerReference.parse(customer);
        return changed(changes.remove(reference, own(reference, source, externalId), ifMatch));
    }

    /** The identity, if the caller may name it and the customer. */
    private Identity own(CustomerReference customer, String source, String externalId) {
        Identity identity = Identity.presented(source, externalId);
        sources.require(identity.source());
        sources.require(customer);
        return identity;
    }

    private Response changed(Customer customer) {
        return CustomerAnswers.changed(customer, sources.view(customer));
    }
}

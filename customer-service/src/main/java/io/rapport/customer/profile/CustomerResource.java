package io.rapport.customer.profile;

import com.fasterxml.jackson.databind.JsonNode;
import io.rapport.customer.Identity;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.http.Cursor;
import io.rapport.platform.http.Page;
import io.rapport.platform.http.PageRequest;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Customers, read, changed and listed by staff. */
@Path("/customers")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Customers", description = "Who the customers are.")
public class CustomerResource {

    private final CustomerRegister register;
    private final CustomerReading reading;
    private final CustomerRows rows;
    private final PastCustomers past;
    private final MergePatch mergePatch;
    private final CustomerAttributes attributes;

    CustomerResource(
            CustomerRegister register,
            CustomerReading reading,
            CustomerRows rows,
            PastCustomers past,
            MergePatch mergePatch,
            CustomerAttributes attributes) {
        this.register = register;
        this.reading = reading;
        this.rows = rows;
        this.past = past;
        this.mergePatch = mergePatch;
        this.attributes = attributes;
    }

    @GET
    @Path("{customer}")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(
            operationId = "getCustomer",
            summary = "Read a customer, by id or by source:externalId")
    @APIResponse(
            responseCode = "200",
            description =
                    "The customer; Content-Location when it was asked for by identity, or merged.",
            headers = {
                @Header(
                        name = "ETag",
                        description = CustomerAnswers.ETAG,
                        schema = @Schema(type = SchemaType.STRING)),
                @Header(
                        name = "Content-Location",
                        description = CustomerAnswers.LOCATION,
                        schema = @Schema(type = SchemaType.STRING))
            },
            content = @Content(schema = @Schema(implementation = CustomerView.class)))
    @APIResponse(responseCode = "304", description = "The caller has this version already.")
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "409", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    public Response get(
            @Parameter(description = CustomerAnswers.REFERENCE, example = "online-retail:17850")
                    @PathParam("customer")
                    String customer,
            @Parameter(description = CustomerAnswers.IF_NONE_MATCH)
                    @HeaderParam(HttpHeaders.IF_NONE_MATCH)
                    @Nullable String ifNoneMatch,
            @Parameter(
                            description =
                                    "Read it as it was at this time; 404 `not-known-then` before it was registered, 409"
                                            + " `history-incomplete` before its history was kept without a gap: the"
                                            + " problem's `since` tells from when on it is.",
                            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
                    @QueryParam("asOf")
                    @Nullable String asOf) {
        CustomerReference reference = CustomerReference.parse(customer);
        Instant at = Times.parse("asOf", asOf);
        Customer now = reading.of(reference);
        Customer found = at == null ? now : past.require(now.id(), at);
        String elsewhere =
                reference.id().filter(found.id()::equals).isPresent()
                        ? null
                        : CustomerAnswers.path(found.id());
        return CustomerAnswers.read(found, CustomerView.of(found), ifNoneMatch, elsewhere);
    }

    @PATCH
    @Path("{customer}")
    @Consumes(MergePatch.MEDIA_TYPE)
    @RolesAllowed({Roles.AGENT, Roles.MANAGER})
    @Operation(
            operationId = "patchCustomer",
            summary = "Change some fields of a customer's profile")
    @Parameter(
            name = ChangeReason.HEADER,
            in = ParameterIn.HEADER,
            description = ChangeReason.DESCRIPTION,
            schema = @Schema(type = SchemaType.STRING))
    @APIResponse(
            responseCode = "200",
            description =
                    "The customer as it is now; a patch that changes nothing makes no new version.",
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
    public Response patch(
            @Parameter(description = CustomerAnswers.REFERENCE, example = "online-retail:17850")
                    @PathParam("customer")
                    String customer,
            @Parameter(description = CustomerAnswers.IF_MATCH, required = true)
                    @HeaderParam(HttpHeaders.IF_MATCH)
                    @Nullable String ifMatch,
            @RequestBody(
                            description = "JSON merge patch (RFC 7396): null takes a field away.",
                            content =
                                    @Content(
                                            schema = @Schema(implementation = Profile.class),
                                            examples =
                                                    @ExampleObject(
                                                            name = "a name and no language",
                                                            value = Profile.PATCH_EXAMPLE)))
                    @NotNull
                    JsonNode patch) {
        Customer changed =
                register.change(
                        CustomerReference.parse(customer),
                        ifMatch,
                        current -> current.with(patched(current.profile(), patch)));
        return CustomerAnswers.changed(changed, CustomerView.of(changed));
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(operationId = "listCustomers", summary = "List customers in the order of their ids")
    @APIResponse(responseCode = "200", description = "A page of customers.")
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    public Page<CustomerView> list(
            @Parameter(description = "Only customers that have an identity of this source.")
                    @QueryParam("source")
                    @Nullable String source,
            @BeanParam PageRequest page) {
        String only = source == null ? null : Identity.presentedSource(source);
        String filters = "customers?source=" + Objects.toString(only, "");
        UUID after = page.after(filters).map(cursor -> cursor.uuid(0)).orElse(null);
        List<Customer> found = rows.list(only, after, page.limitPlusOne());
        return Page.of(found, page.limit(), filters, last -> Cursor.of(last.id()))
                .map(CustomerView::of);
    }

    /** An unknown attribute is refused like an unknown field: also where it is to be taken away. */
    private Profile patched(Profile current, JsonNode patch) {
        Profile patched = mergePatch.apply(current, patch, Profile.class);
        attributes.requireNames(
                patch.path("attributes").properties().stream()
                        .filter(attribute -> attribute.getValue().isNull())
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet()));
        return patched;
    }
}

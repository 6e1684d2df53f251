package io.rapport.customer.profile;

import com.fasterxml.jackson.databind.JsonNode;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Ids;
import io.rapport.platform.http.IdempotencyKeys;
import io.rapport.platform.http.Page;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
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

/**
 * The contact points of one customer. Each change is one of the customer: it has the customer's
 * ETag, and asks for it.
 */
@Path("/customers/{customer}/contact-points")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Contact points", description = "By which ways a customer is reached.")
public class ContactPointResource {

    private static final String ID = "The contact point's id.";

    /** All that decides what an addition does. */
    private record Addition(CustomerReference customer, ContactPoint point) {}

    private final CustomerRegister register;
    private final CustomerReading reading;
    private final IdempotencyKeys keys;
    private final MergePatch mergePatch;

    ContactPointResource(
            CustomerRegister register,
            CustomerReading reading,
            IdempotencyKeys keys,
            MergePatch mergePatch) {
        this.register = register;
        this.reading = reading;
        this.keys = keys;
        this.mergePatch = mergePatch;
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(
            operationId = "listContactPoints",
            summary = "List a customer's contact points in the order of their ids",
            description = "All of them, at most 50, on one page.")
    @APIResponse(
            responseCode = "200",
            description = "The contact points.",
            headers =
                    @Header(
                            name = "Content-Location",
                            description = AnsweredAs.DESCRIPTION,
                            schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    public Page<ContactPoint> list(
            @Parameter(description = CustomerAnswers.REFERENCE, example = "online-retail:17850")
                    @PathParam("customer")
                    String customer) {
        return new Page<>(
                reading.of(CustomerReference.parse(customer)).profile().contactPoints(), null);
    }

    @POST
    @RolesAllowed({Roles.AGENT, Roles.MANAGER})
    @Operation(
            operationId = "addContactPoint",
            summary = "Add a contact point to a customer",
            description =
                    "A preferred one takes the place of the one of its kind that was preferred before.")
    @Parameter(
            name = ChangeReason.HEADER,
            in = ParameterIn.HEADER,
            description = ChangeReason.DESCRIPTION,
            schema = @Schema(type = SchemaType.STRING))
    @APIResponse(
            responseCode = "201",
            description = "Added; Location says where.",
            headers = {
                @Header(
                        name = "Location",
                        description = CustomerAnswers.LOCATION,
                        schema = @Schema(type = SchemaType.STRING)),
                @Header(
                        name = "ETag",
                        description = CustomerAnswers.ETAG,
                        schema = @Schema(type = SchemaType.STRING))
            },
            content = @Content(schema = @Schema(implementation = ContactPoint.class)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "409", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "422", ref = CustomerAnswers.PROBLEM)
    public Response add(
            @Parameter(description = CustomerAnswers.REFERENCE, example = "online-retail:17850")
                    @PathParam("customer")
                    String customer,
            @Parameter(
                            description =
                                    "The same key and body again: the first answer, and no second contact point.",
                            required = true,
                            example = "7b1f4c1e-52a0-4c7e-9a1b-0d2f6e8c4b35")
                    @HeaderParam("Idempotency-Key")
                    @Nullable String idempotencyKey,
            @NotNull @Valid ContactPoint point) {
        CustomerReference reference = CustomerReference.parse(customer);
        return keys.once(
                "addContactPoint",
                idempotencyKey,
                new Addition(reference, point),
                () -> added(reference, point));
    }

    private Response added(CustomerReference reference, ContactPoint given) {
        if (given.id() != null) {
            throw ContactPoint.idIsNotGiven("/id");
        }
        UUID id = Ids.next();
        ContactPoint point = given.kept(id);
        Customer changed =
                register.change(
                        reference,
                        ETags.ANY,
                        current ->
                                current.withContactPoints(all -> ContactPoints.with(all, point)));
        return CustomerAnswers.of(Response.status(Response.Status.CREATED).entity(point), changed)
                .header(
                        HttpHeaders.LOCATION,
                        CustomerAnswers.path(changed.id()) + "/contact-points/" + id)
                .build();
    }

    @GET
    @Path("{id}")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(operationId = "getContactPoint", summary = "Read a contact point")
    @APIResponse(
            responseCode = "200",
            description = "The contact point.",
            headers = {
                @Header(
                        name = "ETag",
                        description = CustomerAnswers.ETAG,
                        schema = @Schema(type = SchemaType.STRING)),
                @Header(
                        name = "Content-Location",
                        description = AnsweredAs.DESCRIPTION,
                        schema = @Schema(type = SchemaType.STRING))
            },
            content = @Content(schema = @Schema(implementation = ContactPoint.class)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    public Response get(
            @Parameter(description = CustomerAnswers.REFERENCE, example = "online-retail:17850")
                    @PathParam("customer")
                    String customer,
            @Parameter(description = ID) @PathParam("id") UUID id) {
        Customer found = reading.of(CustomerReference.parse(customer));
        return answer(
                Response.ok(ContactPoints.require(found.profile().contactPoints(), id)), found);
    }

    @PATCH
    @Path("{id}")
    @Consumes(MergePatch.MEDIA_TYPE)
    @RolesAllowed({Roles.AGENT, Roles.MANAGER})
    @Operation(
            operationId = "patchContactPoint",
            summary = "Change some fields of a contact point",
            description =
                    "One that reaches something else afterwards is not verified, unless the patch says so.")
    @Parameter(
            name = ChangeReason.HEADER,
            in = ParameterIn.HEADER,
            description = ChangeReason.DESCRIPTION,
            schema = @Schema(type = SchemaType.STRING))
    @APIResponse(
            responseCode = "200",
            description = "The contact point as it is now.",
            headers = {
                @Header(
                        name = "ETag",
                        description = CustomerAnswers.ETAG,
                        schema = @Schema(type = SchemaType.STRING))
            },
            content = @Content(schema = @Schema(implementation = ContactPoint.class)))
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
            @Parameter(description = ID) @PathParam("id") UUID id,
            @Parameter(description = CustomerAnswers.IF_MATCH, required = true)
                    @HeaderParam(HttpHeaders.IF_MATCH)
                    @Nullable String ifMatch,
            @RequestBody(
                            description = "JSON merge patch (RFC 7396): null takes a field away.",
                            content =
                                    @Content(
                                            schema = @Schema(implementation = ContactPoint.class),
                                            examples =
                                                    @ExampleObject(
                                                            name =
                                                                    "another label, preferred, no end",
                                                            value = ContactPoint.PATCH_EXAMPLE)))
                    @NotNull
                    JsonNode patch) {
        Customer changed =
                change(
                        customer,
                        ifMatch,
                        all ->
                                ContactPoints.with(
                                        all, patched(ContactPoints.require(all, id), patch)));
        return answer(
                Response.ok(ContactPoints.require(changed.profile().contactPoints(), id)), changed);
    }

    private ContactPoint patched(ContactPoint before, JsonNode patch) {
        UUID id = ContactPoints.id(before);
        ContactPoint given = mergePatch.apply(before, patch, ContactPoint.class);
        if (!id.equals(given.id())) {
            throw ContactPoint.idIsNotGiven("/id");
        }
        ContactPoint after = given.kept(id);
        return after.target().equals(before.target()) || patch.has("verified")
                ? after
                : after.notVerified();
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER})
    @Operation(operationId = "removeContactPoint", summary = "Take a contact point away")
    @Parameter(
            name = ChangeReason.HEADER,
            in = ParameterIn.HEADER,
            description = ChangeReason.DESCRIPTION,
            schema = @Schema(type = SchemaType.STRING))
    @APIResponse(
            responseCode = "200",
            description = "The customer as it is now; its history keeps what was taken away.",
            headers = {
                @Header(
                        name = "ETag",
                        description = CustomerAnswers.ETAG,
                        schema = @Schema(type = SchemaType.STRING))
            },
            content = @Content(schema = @Schema(implementation = CustomerView.class)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "412", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "428", ref = CustomerAnswers.PROBLEM)
    public Response remove(
            @Parameter(description = CustomerAnswers.REFERENCE, example = "online-retail:17850")
                    @PathParam("customer")
                    String customer,
            @Parameter(description = ID) @PathParam("id") UUID id,
            @Parameter(description = CustomerAnswers.IF_MATCH, required = true)
                    @HeaderParam(HttpHeaders.IF_MATCH)
                    @Nullable String ifMatch) {
        Customer changed =
                change(
                        customer,
                        ifMatch,
                        all -> ContactPoints.without(all, ContactPoints.require(all, id)));
        return CustomerAnswers.changed(changed, CustomerView.of(changed));
    }

    private Customer change(
            String customer, @Nullable String ifMatch, UnaryOperator<List<ContactPoint>> edit) {
        return register.change(
                CustomerReference.parse(customer),
                ifMatch,
                current -> current.withContactPoints(edit));
    }

    private static Response answer(Response.ResponseBuilder answer, Customer customer) {
        return CustomerAnswers.of(answer, customer).build();
    }
}

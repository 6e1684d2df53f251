package io.rapport.customer.preference;

import io.rapport.customer.profile.AnsweredAs;
import io.rapport.customer.profile.ChangeReason;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerAnswers;
import io.rapport.customer.profile.CustomerReading;
import io.rapport.customer.profile.CustomerView;
import io.rapport.customer.profile.Learnt;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import io.rapport.platform.http.Page;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
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
 * What a customer prefers and expects. Each change is one of the customer: it has its ETag, and
 * asks for it.
 */
@Path("/customers/{customer}/preferences")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Preferences", description = "What customers prefer and expect, and what binds us.")
public class PreferenceResource {

    private static final String KEY =
            "A slug. Looked at are contact-rhythm, quiet-hours, avoided-channels and preferred-channels; the last only advises.";

    private final Preferences preferences;
    private final CustomerReading reading;

    PreferenceResource(Preferences preferences, CustomerReading reading) {
        this.preferences = preferences;
        this.reading = reading;
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(
            operationId = "listPreferences",
            summary = "List what a customer prefers and expects, and why it holds",
            description = "In the order of their keys; all of them, at most 50, on one page.")
    @APIResponse(
            responseCode = "200",
            description = "What holds of each key.",
            headers =
                    @Header(
                            name = "Content-Location",
                            description = AnsweredAs.DESCRIPTION,
                            schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    public Page<HeldPreference> list(
            @Parameter(description = CustomerAnswers.REFERENCE, example = "online-retail:17850")
                    @PathParam("customer")
                    String customer) {
        return new Page<>(preferences.of(CustomerReference.parse(customer)), null);
    }

    @GET
    @Path("{key}")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(operationId = "getPreference", summary = "Read what holds of one key, and why")
    @APIResponse(
            responseCode = "200",
            description = "What holds, and what is known besides.",
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
            content = @Content(schema = @Schema(implementation = HeldPreference.class)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    public Response get(
            @Parameter(description = CustomerAnswers.REFERENCE, example = "online-retail:17850")
                    @PathParam("customer")
                    String customer,
            @Parameter(description = KEY, example = "quiet-hours") @PathParam("key") String key) {
        return answer(reading.of(CustomerReference.parse(customer)), key);
    }

    @PUT
    @Path("{key}")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER})
    @Operation(
            operationId = "tellPreference",
            summary = "Tell what a customer prefers or expects, and how it was learnt",
            description =
                    "It takes the place of what was learnt in the same way, which the history keeps; 409"
                            + " `newer-preference-known` when that is newer. What was stated holds before what was"
                            + " observed, and that before what was inferred: neither is ever overwritten by the other.")
    @Parameter(
            name = ChangeReason.HEADER,
            in = ParameterIn.HEADER,
            description = ChangeReason.DESCRIPTION,
            schema = @Schema(type = SchemaType.STRING))
    @APIResponse(
            responseCode = "200",
            description = "What holds now, which need not be what was told.",
            headers = {
                @Header(
                        name = "ETag",
                        description = CustomerAnswers.ETAG,
                        schema = @Schema(type = SchemaType.STRING))
            },
            content = @Content(schema = @Schema(implementation = HeldPreference.class)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "409", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "412", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "428", ref = CustomerAnswers.PROBLEM)
    public Response tell(
            @Parameter(description = CustomerAnswers.REFERENCE, example = "online-retail:17850")
                    @PathParam("customer")
                    String customer,
            @Parameter(description = KEY, example = "quiet-hours") @PathParam("key") String key,
            @Parameter(description = CustomerAnswers.IF_MATCH, required = true)
                    @HeaderParam(HttpHeaders.IF_MATCH)
                    @Nullable String ifMatch,
            @NotNull @Valid ToldPreference told) {
        return answer(preferences.tell(CustomerReference.parse(customer), key, told, ifMatch), key);
    }

    @DELETE
    @Path("{key}")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER})
    @Operation(
            operationId = "forgetPreference",
            summary = "Take a preference away, or what was learnt of it in one way")
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
    public Response forget(
            @Parameter(description = CustomerAnswers.REFERENCE, example = "online-retail:17850")
                    @PathParam("customer")
                    String customer,
            @Parameter(description = KEY, example = "quiet-hours") @PathParam("key") String key,
            @Parameter(
                            description = "Only what was learnt in this way.",
                            schema = @Schema(implementation = Learnt.class))
                    @QueryParam("learnt")
                    @Nullable String learnt,
            @Parameter(description = CustomerAnswers.IF_MATCH, required = true)
                    @HeaderParam(HttpHeaders.IF_MATCH)
                    @Nullable String ifMatch) {
        Customer changed =
                preferences.forget(CustomerReference.parse(customer), key, way(learnt), ifMatch);
        return CustomerAnswers.changed(changed, CustomerView.of(changed));
    }

    private static @Nullable Learnt way(@Nullable String learnt) {
        if (learnt == null) {
            return null;
        }
        return Arrays.stream(Learnt.values())
                .filter(way -> way.name().equals(learnt))
                .findFirst()
                .orElseThrow(
                        () ->
                                Refusal.invalid(
                                        "invalid-filter",
                                        "Nothing is learnt in this way.",
                                        new FieldError(
                                                "learnt",
                                                "must be one of "
                                                        + Arrays.toString(Learnt.values()))));
    }

    private Response answer(Customer customer, String key) {
        return CustomerAnswers.of(Response.ok(preferences.require(customer, key)), customer)
                .build();
    }
}

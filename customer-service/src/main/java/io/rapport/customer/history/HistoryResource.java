package io.rapport.customer.history;

import io.rapport.customer.profile.AnsweredAs;
import io.rapport.customer.profile.ChangeReason;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerAnswers;
import io.rapport.customer.profile.CustomerReading;
import io.rapport.customer.profile.CustomerView;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.http.Cursor;
import io.rapport.platform.http.IdempotencyKeys;
import io.rapport.platform.http.Page;
import io.rapport.platform.http.PageRequest;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
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

/** The history of one customer. */
@Path("/customers/{customer}/history")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "History", description = "What changed of a customer, by whom and why.")
public class HistoryResource {

    private final CustomerReading reading;
    private final HistoryRows history;
    private final Restoration restoration;
    private final IdempotencyKeys keys;

    HistoryResource(
            CustomerReading reading,
            HistoryRows history,
            Restoration restoration,
            IdempotencyKeys keys) {
        this.reading = reading;
        this.history = history;
        this.restoration = restoration;
        this.keys = keys;
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(
            operationId = "listChanges",
            summary = "List what changed of a customer, newest first")
    @APIResponse(
            responseCode = "200",
            description = "A page of changes.",
            headers =
                    @Header(
                            name = "Content-Location",
                            description = AnsweredAs.DESCRIPTION,
                            schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    public Page<RecordedChange> list(
            @Parameter(description = CustomerAnswers.REFERENCE, example = "online-retail:17850")
                    @PathParam("customer")
                    String customer,
            @BeanParam HistoryFilter filter,
            @BeanParam PageRequest page) {
        HistoryFilter.Checked checked = filter.checked();
        UUID id = reading.of(CustomerReference.parse(customer)).id();
        String filters = "history of " + id + " " + checked;
        ChangeId last =
                page.after(filters).map(cursor -> ChangeId.parse(cursor.text(0))).orElse(null);
        List<RecordedChange> found = history.page(id, checked, last, page.limitPlusOne());
        return Page.of(found, page.limit(), filters, change -> Cursor.of(change.id()));
    }

    @POST
    @Path("{change}/restore")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER})
    @Operation(
            operationId = "restoreValue",
            summary = "Bring back the value that a change replaced",
            description =
                    "What was there before the change is there again, if the rules of today let it; this is a change"
                            + " itself. Other values stay.")
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
    @APIResponse(responseCode = "422", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "428", ref = CustomerAnswers.PROBLEM)
    public Response restore(
            @Parameter(description = CustomerAnswers.REFERENCE, example = "online-retail:17850")
                    @PathParam("customer")
                    String customer,
            @Parameter(description = "The change's id.", example = "7.0") @PathParam("change")
                    String change,
            @Parameter(
                            description = "The same key and change again: the first answer.",
                            required = true,
                            example = "7b1f4c1e-52a0-4c7e-9a1b-0d2f6e8c4b35")
                    @HeaderParam("Idempotency-Key")
                    @Nullable String idempotencyKey,
            @Parameter(description = CustomerAnswers.IF_MATCH, required = true)
                    @HeaderParam(HttpHeaders.IF_MATCH)
                    @Nullable String ifMatch) {
        CustomerReference reference = CustomerReference.parse(customer);
        ChangeId id = ChangeId.parse(change);
        return keys.once(
                "restoreValue",
                idempotencyKey,
                List.of(reference.toString(), id.toString()),
                () -> {
                    Customer restored = restoration.restore(reference, id, ifMatch);
                    return CustomerAnswers.changed(restored, CustomerView.of(restored));
                });
    }
}

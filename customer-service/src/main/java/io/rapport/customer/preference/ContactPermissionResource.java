package io.rapport.customer.preference;

import io.rapport.customer.Channel;
import io.rapport.customer.profile.AnsweredAs;
import io.rapport.customer.profile.CustomerAnswers;
import io.rapport.customer.profile.Times;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Whether we may turn to a customer. */
@Path("/customers/{customer}/contact-permission")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Preferences")
public class ContactPermissionResource {

    private final ContactPermissions permissions;

    ContactPermissionResource(ContactPermissions permissions) {
        this.permissions = permissions;
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN, Roles.PARTNER})
    @Operation(
            operationId = "checkContact",
            summary =
                    "Ask whether a customer's preferences let us turn to it by a channel at a time",
            description =
                    "Its quiet hours by its own clock, its contact rhythm, and the channels that it avoids, and those of"
                            + " all who were merged into it; each finding says why, and until when. A time that has passed is answered by what was known then."
                            + " Consent is another question: see consents/check. A partner asks about customers that"
                            + " one of its sources knows.")
    @APIResponse(
            responseCode = "200",
            description = "The answer.",
            headers =
                    @Header(
                            name = "Content-Location",
                            description = AnsweredAs.DESCRIPTION,
                            schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    public ContactPermission check(
            @Parameter(description = CustomerAnswers.REFERENCE, example = "online-retail:17850")
                    @PathParam("customer")
                    String customer,
            @Parameter(
                            description = "A channel.",
                            required = true,
                            schema = @Schema(implementation = Channel.class))
                    @QueryParam("channel")
                    @Nullable String channel,
            @Parameter(
                            description = "Now, if absent; up to a year ahead.",
                            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
                    @QueryParam("at")
                    @Nullable String at) {
        CustomerReference reference = CustomerReference.parse(customer);
        permissions.requireVisible(reference);
        return permissions.check(
                reference, Channel.parse("channel", channel), Times.parse("at", at));
    }
}

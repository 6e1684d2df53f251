package io.rapport.customer.identity;

import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerAnswers;
import io.rapport.customer.profile.CustomerView;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.event.Topic;
import io.rapport.platform.event.Versions;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Tells who it is that a caller knows under several names. */
@Path("/customers/resolve")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Identities")
public class ResolutionResource {

    private static final int MOST_REFERENCES = 20;

    /** Names that ought to be of one customer. */
    @Schema(
            name = "References",
            requiredProperties = "references",
            examples = "{\"references\": [\"online-retail:17850\", \"loyalty-card:6342-0001-77\"]}")
    public record References(
            @Schema(
                            type = SchemaType.ARRAY,
                            implementation = String.class,
                            minItems = 1,
                            maxItems = MOST_REFERENCES,
                            description = "Each an id, or an identity as source:externalId.")
                    @NotNull
                    @Size(min = 1, max = MOST_REFERENCES)
                    List<@NotNull CustomerReference> references) {}

    private final Resolution resolution;
    private final OwnSources sources;
    private final Versions versions;

    ResolutionResource(Resolution resolution, OwnSources sources, Versions versions) {
        this.resolution = resolution;
        this.sources = sources;
        this.versions = versions;
    }

    @POST
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN, Roles.PARTNER})
    @Operation(
            operationId = "resolveCustomer",
            summary = "Find the one customer that several references name",
            description =
                    "Changes nothing. References that name nobody do not count, and for a partner those of foreign"
                            + " sources name nobody. 409 ambiguous-customer when they name several customers:"
                            + " `candidates` tells each with the pointers of what names it. A partner gets the same"
                            + " part of the profile as by getCustomerByIdentity.")
    @APIResponse(
            responseCode = "200",
            description = "The customer; Content-Location says where it lives.",
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
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "409", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    public Response resolve(@NotNull @Valid References references) {
        Customer customer = resolution.of(references.references());
        versions.snapshot(Topic.PROFILES, customer.id(), customer.version());
        return CustomerAnswers.read(
                customer, sources.view(customer), null, CustomerAnswers.path(customer.id()));
    }
}

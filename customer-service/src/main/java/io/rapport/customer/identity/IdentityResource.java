package io.rapport.customer.identity;

import io.rapport.customer.Identity;
import io.rapport.customer.identity.IdentityUpsert.Upserted;
import io.rapport.customer.profile.ChangeReason;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerAnswers;
import io.rapport.customer.profile.CustomerReading;
import io.rapport.customer.profile.CustomerView;
import io.rapport.customer.profile.Profile;
import io.rapport.platform.event.Topic;
import io.rapport.platform.event.Versions;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
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
 * Customers under the names that other sources have for them; partners reach those of their own
 * sources.
 */
@Path("/customers/by/{source}/{externalId}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Customers")
public class IdentityResource {

    private final IdentityUpsert upserts;
    private final CustomerReading reading;
    private final OwnSources sources;
    private final Versions versions;

    IdentityResource(
            IdentityUpsert upserts,
            CustomerReading reading,
            OwnSources sources,
            Versions versions) {
        this.upserts = upserts;
        this.reading = reading;
        this.sources = sources;
        this.versions = versions;
    }

    @PUT
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.PARTNER})
    @Operation(
            operationId = "putCustomerByIdentity",
            summary = "Make the customer that an identity names, or replace its profile",
            description =
                    "Without a precondition it creates or updates. If-None-Match: * only creates; If-Match: * or an"
                            + " ETag only updates. A profile that changes nothing makes no new version. What staff"
                            + " leave out is taken away, but for contact points and custom attributes where they name none. What a partner"
                            + " leaves out, or gives as null, stays, and its lists come to what is there; 403"
                            + " field-is-for-staff when it gives a lifecycle stage, tags, attributes or verified, 409 list-is-full"
                            + " when its lists do not fit any more.")
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
    @APIResponse(
            responseCode = "201",
            description = "Made; Location says where.",
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
            content = @Content(schema = @Schema(implementation = CustomerView.class)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "409", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "412", ref = CustomerAnswers.PROBLEM)
    public Response put(
            @Parameter(example = "online-retail") @PathParam("source") String source,
            @Parameter(example = "17850") @PathParam("externalId") String externalId,
            @Parameter(description = "* or an ETag: only update.")
                    @HeaderParam(HttpHeaders.IF_MATCH)
                    @Nullable String ifMatch,
            @Parameter(description = "*: only create.") @HeaderParam(HttpHeaders.IF_NONE_MATCH)
                    @Nullable String ifNoneMatch,
            @NotNull @Valid Profile profile) {
        Identity identity = own(source, externalId);
        Upserted upserted =
                upserts.upsert(identity, profile, new UpsertConditions(ifMatch, ifNoneMatch));
        Customer customer = upserted.customer();
        versions.snapshot(Topic.PROFILES, customer.id(), customer.version());
        return upserted.created()
                ? CustomerAnswers.created(customer, sources.view(customer))
                : CustomerAnswers.changed(customer, sources.view(customer));
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN, Roles.PARTNER})
    @Operation(
            operationId = "getCustomerByIdentity",
            summary = "Read the customer that an identity names",
            description =
                    "A partner gets the part of the profile by which it addresses the customer: kind, names, form of"
                            + " address, language, time zone and country.")
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
    @APIResponse(responseCode = "304", description = "The caller has this version already.")
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    public Response get(
            @Parameter(example = "online-retail") @PathParam("source") String source,
            @Parameter(example = "17850") @PathParam("externalId") String externalId,
            @Parameter(description = CustomerAnswers.IF_NONE_MATCH)
                    @HeaderParam(HttpHeaders.IF_NONE_MATCH)
                    @Nullable String ifNoneMatch) {
        Identity identity = own(source, externalId);
        Customer customer = reading.of(identity.reference());
        return CustomerAnswers.read(
                customer, sources.view(customer), ifNoneMatch, CustomerAnswers.path(customer.id()));
    }

    private Identity own(String source, String externalId) {
        Identity identity = Identity.presented(source, externalId);
        sources.require(identity.source());
        return identity;
    }
}

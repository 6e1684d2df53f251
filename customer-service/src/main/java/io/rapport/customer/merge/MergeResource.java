package io.rapport.customer.merge;

import io.rapport.customer.merge.Unmerging.Unmerged;
import io.rapport.customer.profile.ChangeReason;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerAnswers;
import io.rapport.customer.profile.ETags;
import io.rapport.customer.profile.Merged;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.http.IdempotencyKeys;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
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

/** Merges customers, and takes merges back. */
@Path("/customers/{customer}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Merges", description = "Customers who turn out to be one.")
public class MergeResource {

    private static final String KEY =
            "The same key and request again: the first answer, and nothing else. Not asked for by a dry run.";
    private static final String EXAMPLE_KEY = "7b1f4c1e-52a0-4c7e-9a1b-0d2f6e8c4b35";
    private static final String SURVIVORS_ETAG = "The ETag of the survivor, or *.";

    /** All that decides what a merge does. */
    private record Asked(CustomerReference survivor, MergeRequest request) {}

    private final Merging merging;
    private final Unmerging unmerging;
    private final IdempotencyKeys keys;

    MergeResource(Merging merging, Unmerging unmerging, IdempotencyKeys keys) {
        this.merging = merging;
        this.unmerging = unmerging;
        this.keys = keys;
    }

    @POST
    @Path("merge")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER})
    @Operation(
            operationId = "mergeCustomers",
            summary = "Merge up to 50 customers into this one",
            description =
                    "All services answer for this one, the survivor, with the facts of all; each member answers as its"
                            + " survivor. Nothing of a member changes, and an unmerge brings it back as it was. Of"
                            + " consents the most restrictive holds. 409 merge-into-oneself, member-named-twice,"
                            + " already-merged, member-has-members, member-erased, survivor-was-merged,"
                            + " merge-exceeds-limits (`errors` names the lists), several-logins (a manager states the"
                            + " proof), too-many-merges, too-many-consent-records,"
                            + " relation-runs-in-a-circle, relation-chain-too-long.")
    @Parameter(
            name = ChangeReason.HEADER,
            in = ParameterIn.HEADER,
            description = ChangeReason.DESCRIPTION,
            schema = @Schema(type = SchemaType.STRING))
    @APIResponse(
            responseCode = "200",
            description = "What the survivor shows, or would show, and from whom.",
            headers = {
                @Header(
                        name = "ETag",
                        description = "The survivor's version.",
                        schema = @Schema(type = SchemaType.STRING))
            },
            content = @Content(schema = @Schema(implementation = MergeOutcome.class)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "409", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "412", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "422", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "428", ref = CustomerAnswers.PROBLEM)
    public Response merge(
            @Parameter(
                            description = "The survivor: its id, or an identity of its own.",
                            example = "online-retail:17850")
                    @PathParam("customer")
                    String customer,
            @Parameter(description = KEY, example = EXAMPLE_KEY) @HeaderParam("Idempotency-Key")
                    @Nullable String idempotencyKey,
            @Parameter(description = SURVIVORS_ETAG, required = true)
                    @HeaderParam(HttpHeaders.IF_MATCH)
                    @Nullable String ifMatch,
            @QueryParam("dryRun")
                    @DefaultValue("false")
                    @Pattern(regexp = "true|false", message = "must be true or false")
                    @Parameter(
                            description = "Only tell what would be shown, and from whom.",
                            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
                    String dryRun,
            @NotNull @Valid MergeRequest request) {
        CustomerReference survivor = CustomerReference.parse(customer);
        request.requireKnownPaths();
        return dryRun.equals("true")
                ? answer(merging.preview(survivor, ifMatch, request))
                : keys.once(
                        "mergeCustomers",
                        idempotencyKey,
                        new Asked(survivor, request),
                        () -> answer(merging.merge(survivor, ifMatch, request)));
    }

    @POST
    @Path("unmerge")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER})
    @Operation(
            operationId = "unmergeCustomer",
            summary = "Bring a merged customer back as it was",
            description =
                    "The path names the member. What arrived on its id meanwhile is its own; what was edited meanwhile"
                            + " is the survivor's. A consent that was withdrawn while they were merged stays"
                            + " withdrawn for both. 409 not-merged when it is not merged.")
    @Parameter(
            name = ChangeReason.HEADER,
            in = ParameterIn.HEADER,
            description = ChangeReason.DESCRIPTION,
            schema = @Schema(type = SchemaType.STRING))
    @APIResponse(
            responseCode = "200",
            description = "Both as they stand, or would stand, by themselves.",
            headers = {
                @Header(
                        name = "ETag",
                        description = "The version of the one that was merged.",
                        schema = @Schema(type = SchemaType.STRING))
            },
            content = @Content(schema = @Schema(implementation = UnmergeOutcome.class)))
    @APIResponse(responseCode = "400", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "404", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "409", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "410", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "412", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "422", ref = CustomerAnswers.PROBLEM)
    @APIResponse(responseCode = "428", ref = CustomerAnswers.PROBLEM)
    public Response unmerge(
            @Parameter(
                            description = "The member: its id, or an identity of its own.",
                            example = "shop:17850")
                    @PathParam("customer")
                    String customer,
            @Parameter(description = KEY, example = EXAMPLE_KEY) @HeaderParam("Idempotency-Key")
                    @Nullable String idempotencyKey,
            @Parameter(
                            description = SURVIVORS_ETAG + " A read of the member answers it.",
                            required = true)
                    @HeaderParam(HttpHeaders.IF_MATCH)
                    @Nullable String ifMatch,
            @QueryParam("dryRun")
                    @DefaultValue("false")
                    @Pattern(regexp = "true|false", message = "must be true or false")
                    @Parameter(
                            description = "Only tell how both would stand.",
                            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
                    String dryRun) {
        CustomerReference member = CustomerReference.parse(customer);
        return dryRun.equals("true")
                ? answer(unmerging.preview(member, ifMatch))
                : keys.once(
                        "unmergeCustomer",
                        idempotencyKey,
                        member.toString(),
                        () -> answer(unmerging.unmerge(member, ifMatch)));
    }

    private static Response answer(Merged merged) {
        return answer(MergeOutcome.of(merged), merged.own());
    }

    private static Response answer(Unmerged unmerged) {
        return answer(
                UnmergeOutcome.of(unmerged.customer(), unmerged.survivor()), unmerged.customer());
    }

    private static Response answer(Object outcome, Customer of) {
        return Response.ok(outcome).header(HttpHeaders.ETAG, ETags.of(of.version())).build();
    }
}

package io.rapport.interaction.fact;

import io.rapport.directory.Directory;
import io.rapport.platform.event.Versions;
import io.rapport.platform.http.IdempotencyKeys;
import io.rapport.platform.http.Page;
import io.rapport.platform.http.PageRequest;
import io.rapport.platform.http.Problem;
import io.rapport.platform.security.Caller;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What we know of the customer who asks, by the login that the token proves, to be put right. */
@Path("/me/interactions/facts")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.CUSTOMER)
@RunOnVirtualThread
@Tag(name = "Me")
public class OwnFactsResource {

    private static final String PROBLEM = "Problem";
    private static final String ID = "The fact's id.";
    private static final String UNKNOWN =
            "`login-not-linked`: no customer is known by the caller's login, or not yet. `unknown-fact`: it is not the"
                    + " caller's.";

    /** All that decides what a correction does. */
    private record Asked(UUID fact, OwnFactCorrection correction) {}

    private final Facts facts;
    private final FactLists lists;
    private final FactOwners owners;
    private final Directory directory;
    private final Caller caller;
    private final Validator validator;
    private final Versions versions;
    private final IdempotencyKeys keys;

    OwnFactsResource(
            Facts facts,
            FactLists lists,
            FactOwners owners,
            Directory directory,
            Caller caller,
            Validator validator,
            Versions versions,
            IdempotencyKeys keys) {
        this.facts = facts;
        this.lists = lists;
        this.owners = owners;
        this.directory = directory;
        this.caller = caller;
        this.validator = validator;
        this.versions = versions;
        this.keys = keys;
    }

    @GET
    @Operation(
            operationId = "listMyFacts",
            summary = "List what the caller's own customer told us, told last first",
            description = "As staff read it; of customers that were merged all is in it.")
    @APIResponse(responseCode = "200", description = "A page of facts.")
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(
            responseCode = "404",
            description =
                    "`login-not-linked`: no customer is known by the caller's login, or not yet.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = PROBLEM)))
    @APIResponse(responseCode = "410", ref = PROBLEM)
    public Page<Fact> list(@BeanParam PageRequest page) {
        return lists.of(
                directory.relationship(caller.login()), new FactFilter(null, null, false), page);
    }

    @POST
    @Path("{fact}/corrections")
    @Operation(
            operationId = "correctMyFact",
            summary = "Put right what is known of the caller's own customer",
            description =
                    "Makes a new version, which is what staff read from then on; the version before stays readable. At"
                            + " most 10 times.")
    @APIResponse(
            responseCode = "200",
            description = "The fact in its new version.",
            content = @Content(schema = @Schema(implementation = Fact.class)))
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(
            responseCode = "404",
            description = UNKNOWN,
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = PROBLEM)))
    @APIResponse(
            responseCode = "409",
            description =
                    "`not-the-newest-version`: it was corrected since. `fact-forgotten`, `nothing-to-correct`,"
                            + " `too-many-corrections`.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = PROBLEM)))
    @APIResponse(responseCode = "410", ref = PROBLEM)
    @APIResponse(responseCode = "422", ref = PROBLEM)
    public Response correct(
            @Parameter(description = ID) @PathParam("fact") UUID fact,
            @Parameter(
                            description = "The same key and body again: the first answer.",
                            required = true,
                            example = "7b1f4c1e-52a0-4c7e-9a1b-0d2f6e8c4b35")
                    @HeaderParam(IdempotencyKeys.HEADER)
                    @Nullable String idempotencyKey,
            @NotNull OwnFactCorrection correction) {
        // First, so that nobody learns anything of what is not their own.
        UUID customer = owners.ofCaller(fact);
        Set<ConstraintViolation<OwnFactCorrection>> violations = validator.validate(correction);
        if (!violations.isEmpty()) {
            throw new ConstraintViolationException(violations);
        }
        return keys.once(
                "correctMyFact",
                idempotencyKey,
                new Asked(fact, correction),
                () ->
                        Response.ok(
                                        facts.correct(
                                                customer,
                                                fact,
                                                correction.stated(),
                                                Teller.CUSTOMER))
                                .build());
    }

    @POST
    @Path("{fact}/forget")
    @Operation(
            operationId = "forgetMyFact",
            summary = "Have a fact about the caller's own customer forgotten",
            description =
                    "What all its versions said goes for good, and what was told under its key before, but only"
                            + " after a day from answers that are kept for repeated requests. The same again changes nothing, so it"
                            + " needs no Idempotency-Key.")
    @APIResponse(responseCode = "200", description = "The fact, without what it said.")
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(
            responseCode = "404",
            description = UNKNOWN,
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = PROBLEM)))
    @APIResponse(responseCode = "410", ref = PROBLEM)
    public Fact forget(@Parameter(description = ID) @PathParam("fact") UUID fact) {
        UUID customer = owners.ofCaller(fact);
        versions.read(customer);
        return facts.forget(customer, fact, Teller.CUSTOMER);
    }
}

package io.rapport.interaction.briefing;

import io.rapport.directory.Directory;
import io.rapport.directory.Relationship;
import io.rapport.interaction.fact.Known;
import io.rapport.interaction.fact.Question;
import io.rapport.interaction.fact.Questions;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.http.Problem;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** What to know of a customer before the first word, and whether to ask for something. */
@Path("/interactions/customers/{customer}/briefing")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Briefing", description = "What to know of a customer, and not to ask for again.")
public class BriefingResource {

    private static final String PROBLEM = "Problem";
    private static final String UNKNOWN = "`unknown-customer`: there is no such customer.";
    private static final String SURVIVORS = "That of the survivor, if a merged customer was named.";
    private static final String CUSTOMER = "A customer's id, or source:externalId.";
    private static final String EXAMPLE = "online-retail:17850";
    private static final String PREFIX = "/interactions/customers/";

    private final Briefings briefings;
    private final Questions questions;
    private final Directory directory;

    BriefingResource(Briefings briefings, Questions questions, Directory directory) {
        this.briefings = briefings;
        this.questions = questions;
        this.directory = directory;
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(
            operationId = "getBriefing",
            summary = "Read what to know of a customer before the first word",
            description =
                    "What is known by topic, what nobody is to ask for, what we have promised, how the customer felt last, and what it"
                            + " prefers. Of customers that were merged all is in it.")
    @APIResponse(
            responseCode = "200",
            description = "The briefing.",
            headers =
                    @Header(
                            name = "Content-Location",
                            description = SURVIVORS,
                            schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(
            responseCode = "404",
            description = UNKNOWN,
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = PROBLEM)))
    @APIResponse(responseCode = "410", ref = PROBLEM)
    public RestResponse<Briefing> get(
            @PathParam("customer") @Parameter(description = CUSTOMER, example = EXAMPLE)
                    String customer) {
        Relationship of = directory.relationship(CustomerReference.parse(customer));
        return ResponseBuilder.ok(briefings.of(of))
                .header(HttpHeaders.CONTENT_LOCATION, of.contentLocation(PREFIX, "/briefing"))
                .build();
    }

    @POST
    @Path("ask")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER})
    @Operation(
            operationId = "askBriefing",
            summary = "Look whether something is known already, before a customer is asked for it",
            description =
                    "Nothing is noted, unless the interaction is named in which the customer was asked: if it had stated"
                            + " it in an earlier one, or would not tell, and that still held, it was made to repeat it,"
                            + " and everybody learns that, once for an interaction and key. So it needs no"
                            + " Idempotency-Key.")
    @APIResponse(responseCode = "200", description = "What is known, and whether to ask.")
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(
            responseCode = "404",
            description = UNKNOWN + " `unknown-interaction`.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = PROBLEM)))
    @APIResponse(responseCode = "410", ref = PROBLEM)
    public Known ask(
            @PathParam("customer") @Parameter(description = CUSTOMER, example = EXAMPLE)
                    String customer,
            @NotNull @Valid Question question) {
        return questions.ask(directory.relationship(CustomerReference.parse(customer)), question);
    }
}

package io.rapport.feedback.intake;

import io.rapport.directory.Directory;
import io.rapport.directory.Relationship;
import io.rapport.feedback.Metric;
import io.rapport.feedback.intake.FeedbackRows.Position;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Refusal;
import io.rapport.platform.event.Versions;
import io.rapport.platform.http.Page;
import io.rapport.platform.http.PageRequest;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
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
import org.jspecify.annotations.Nullable;

/** Feedback over HTTP. */
@Path("/feedback")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Feedback", description = "Ratings, and what customers said with them.")
@RunOnVirtualThread
public class FeedbackResource {

    private static final String PROBLEM = "Problem";

    private final Reception reception;
    private final FeedbackRows rows;
    private final Directory directory;
    private final Versions versions;

    FeedbackResource(
            Reception reception, FeedbackRows rows, Directory directory, Versions versions) {
        this.reception = reception;
        this.rows = rows;
        this.directory = directory;
        this.versions = versions;
    }

    @POST
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.PARTNER})
    @Operation(
            operationId = "giveFeedback",
            summary = "Take a rating in",
            description =
                    "Needs an Idempotency-Key, or source and sourceId: with these, the same again answers 200 and "
                            + "anything else under them 409. A partner names one of its own sources.")
    @APIResponse(
            responseCode = "201",
            description = "It was taken in.",
            content = @Content(schema = @Schema(implementation = Feedback.class)))
    @APIResponse(
            responseCode = "200",
            description = "It had been taken in before.",
            content = @Content(schema = @Schema(implementation = Feedback.class)))
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(responseCode = "404", ref = PROBLEM)
    @APIResponse(responseCode = "409", ref = PROBLEM)
    @APIResponse(responseCode = "410", ref = PROBLEM)
    @APIResponse(responseCode = "422", ref = PROBLEM)
    public Response give(
            @HeaderParam("Idempotency-Key")
                    @Parameter(
                            description = "Needed without source and sourceId.",
                            example = "7b1f4c1e")
                    @Nullable String idempotencyKey,
            @NotNull @Valid NewFeedback given) {
        return reception.receive(idempotencyKey, given);
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(
            operationId = "listFeedback",
            summary = "List a customer's feedback, newest first",
            description =
                    "Of customers that were merged all is listed, each under the customer that it arrived on.")
    @APIResponse(
            responseCode = "200",
            description = "A page of feedback.",
            headers = {
                @Header(
                        name = "Content-Location",
                        description = "The list of the survivor, if a merged customer was named.",
                        schema = @Schema(type = SchemaType.STRING))
            })
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(responseCode = "404", ref = PROBLEM)
    @APIResponse(responseCode = "410", ref = PROBLEM)
    public RestResponse<Page<Feedback>> list(
            @QueryParam("customer")
                    @NotNull
                    @Parameter(
                            description = "A customer's id, or source:externalId.",
                            example = "online-retail:17850")
                    String customer,
            @QueryParam("metric") @Parameter(description = "Only this metric.")
                    @Nullable Metric metric,
            @BeanParam PageRequest page) {
        Relationship of = directory.relationship(CustomerReference.parse(customer));
        String filters = "feedback " + of.survivor() + " " + metric;
        @Nullable Position after = page.after(filters).map(Position::at).orElse(null);
        versions.read(of.members());
        List<Feedback> found = rows.ofCustomers(of.members(), metric, after, page.limitPlusOne());
        return ResponseBuilder.ok(
                        Page.of(found, page.limit(), filters, last -> Position.of(last).cursor()))
                .header(HttpHeaders.CONTENT_LOCATION, of.contentLocation("/feedback?customer=", ""))
                .build();
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.ADMIN})
    @Operation(operationId = "getFeedback", summary = "Read one piece of feedback")
    @APIResponse(responseCode = "200", description = "The feedback.")
    @APIResponse(responseCode = "400", ref = PROBLEM)
    @APIResponse(responseCode = "404", ref = PROBLEM)
    @APIResponse(responseCode = "410", ref = PROBLEM)
    public Feedback read(@PathParam("id") @Parameter(description = "The feedback's id.") UUID id) {
        Feedback feedback =
                rows.byId(id)
                        .orElseThrow(
                                () ->
                                        Refusal.notFound(
                                                "unknown-feedback",
                                                "There is no feedback with this id."));
        directory.requireNotErased(feedback.customer());
        versions.read(feedback.customer());
        return feedback;
    }
}

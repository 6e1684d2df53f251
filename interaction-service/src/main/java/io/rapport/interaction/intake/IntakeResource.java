package io.rapport.interaction.intake;

import io.rapport.directory.Directory;
import io.rapport.interaction.Interaction;
import io.rapport.interaction.timeline.Timeline;
import io.rapport.interaction.type.Vocabularies;
import io.rapport.platform.event.Versions;
import io.rapport.platform.http.Problem;
import io.rapport.platform.security.Caller;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Takes in one interaction. Sending it again is safe: its source and id there name it for good. */
@Path("/interactions")
@RunOnVirtualThread
@Tag(name = "Interactions")
public class IntakeResource {

    private final Intake intake;
    private final Timeline timeline;
    private final Directory directory;
    private final Vocabularies vocabularies;
    private final Versions versions;
    private final Caller caller;
    private final Births births;
    private final Clock clock;

    IntakeResource(
            Intake intake,
            Timeline timeline,
            Directory directory,
            Vocabularies vocabularies,
            Versions versions,
            Caller caller,
            Births births,
            Clock clock) {
        this.intake = intake;
        this.timeline = timeline;
        this.directory = directory;
        this.vocabularies = vocabularies;
        this.versions = versions;
        this.caller = caller;
        this.births = births;
        this.clock = clock;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.PARTNER})
    @Operation(
            operationId = "recordInteraction",
            summary = "Record an interaction, once for its source and id there",
            description = "A partner tells of its own sources only. Needs no Idempotency-Key.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = Submission.class),
                            examples =
                                    @ExampleObject(
                                            name = "a purchase",
                                            value = IntakeExamples.PURCHASE)))
    @APIResponse(
            responseCode = "201",
            description = "It was new and is recorded.",
            headers =
                    @Header(
                            name = "Location",
                            description = "The path of the interaction.",
                            schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = Interaction.class)))
    @APIResponse(
            responseCode = "200",
            description = "The same was recorded before: the answer is that interaction.",
            content = @Content(schema = @Schema(implementation = Interaction.class)))
    @APIResponse(responseCode = "400", ref = IntakeExamples.PROBLEM)
    @APIResponse(
            responseCode = "404",
            description =
                    "`unknown-customer`: no such customer within the time that a write waits for one.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(ref = IntakeExamples.PROBLEM)))
    @APIResponse(
            responseCode = "409",
            description =
                    "`interaction-differs`: something else is recorded under this source and id.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(ref = IntakeExamples.PROBLEM)))
    @APIResponse(
            responseCode = "410",
            description = "`customer-erased`: the customer was erased.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(ref = IntakeExamples.PROBLEM)))
    public Response record(@NotNull Submission submission) {
        NewInteraction told = submission.checked(vocabularies.current(), clock.instant());
        Sender sender = Sender.of(caller);
        sender.require(told);
        intake.requireMayCome(told);
        Directory.Named named = directory.awaitAll(List.of(told.customer()));
        UUID customer = named.require(told.customer());
        births.require(told, sender, named.birthdays().get(customer));
        return switch (intake.record(List.of(new Resolved(told, customer))).getFirst()) {
            case Outcome.Recorded recorded ->
                    Response.created(URI.create("/interactions/" + recorded.interaction().id()))
                            .entity(recorded.interaction())
                            .build();
            case Outcome.Repeated repeated -> {
                versions.read(repeated.customer());
                yield Response.ok(timeline.require(repeated.interaction())).build();
            }
            case Outcome.Differs _ -> throw Outcome.Differs.refusal();
        };
    }
}

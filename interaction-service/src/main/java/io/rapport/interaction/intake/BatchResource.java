package io.rapport.interaction.intake;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.rapport.platform.Refusal;
import io.rapport.platform.http.Problem;
import io.rapport.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * Takes in up to a thousand interactions at once. Sending a batch again is safe, as it is for each
 * of its lines.
 */
@Path("/interactions/batch")
@RunOnVirtualThread
@Tag(name = "Interactions")
public class BatchResource {

    private static final String NDJSON = "application/x-ndjson";

    private final BatchIntake intake;
    private final BatchConfig config;
    private final ObjectWriter json;
    private final Semaphore places;

    BatchResource(BatchIntake intake, BatchConfig config, ObjectMapper mapper) {
        this.intake = intake;
        this.config = config;
        this.json = mapper.writerFor(LineResult.class);
        this.places = new Semaphore(config.atOnce(), true);
    }

    @POST
    @Consumes(NDJSON)
    @Produces(NDJSON)
    @RolesAllowed({Roles.AGENT, Roles.MANAGER, Roles.PARTNER})
    @Operation(
            operationId = "recordInteractions",
            summary = "Record up to 1,000 interactions, one a line",
            description =
                    "Answers one line for each, in their order, with its number. A line that is refused holds back no"
                            + " other. After an answer that is not 200, or none, send the whole batch again.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = NDJSON,
                            schema = @Schema(implementation = Submission.class),
                            examples = {
                                @ExampleObject(
                                        name = "a purchase",
                                        value = IntakeExamples.PURCHASE),
                                @ExampleObject(
                                        name = "a cancellation",
                                        value = IntakeExamples.CANCELLATION)
                            }))
    @APIResponse(
            responseCode = "200",
            description = "What became of each line; blank lines have no result.",
            content =
                    @Content(
                            mediaType = NDJSON,
                            schema = @Schema(implementation = LineResult.class),
                            examples = {
                                @ExampleObject(
                                        name = "recorded",
                                        value = IntakeExamples.RECORDED_LINE),
                                @ExampleObject(
                                        name = "refused",
                                        value = IntakeExamples.REFUSED_LINE)
                            }))
    @APIResponse(responseCode = "400", ref = IntakeExamples.PROBLEM)
    @APIResponse(
            responseCode = "413",
            description =
                    "`batch-too-large`: more lines or bytes than a batch may have. Nothing was recorded.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(ref = IntakeExamples.PROBLEM)))
    @APIResponse(
            responseCode = "503",
            description =
                    "`too-many-batches`: others are being recorded. `too-many-waiters`: a customer is not known yet, and"
                            + " too many requests wait for theirs. Nothing was recorded. Send it again after a moment.",
            content =
                    @Content(
                            mediaType = Problem.MEDIA_TYPE,
                            schema = @Schema(ref = IntakeExamples.PROBLEM)))
    public byte[] record(InputStream body) throws IOException, InterruptedException {
        if (!places.tryAcquire(config.patience().toNanos(), TimeUnit.NANOSECONDS)) {
            throw Refusal.unavailable(
                    "too-many-batches",
                    "Other batches are being recorded. Send it again in a moment.");
        }
        try {
            return ndjson(intake.record(body));
        } finally {
            places.release();
        }
    }

    private byte[] ndjson(Collection<LineResult> results) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream(128 * results.size());
        for (LineResult result : results) {
            lines.write(json.writeValueAsBytes(result));
            lines.write('\n');
        }
        return lines.toByteArray();
    }
}

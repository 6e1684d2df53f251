package io.rapport.feedback.operations;

import io.rapport.operations.projection.ProjectionsResource;
import io.rapport.operations.projection.Replays;
import jakarta.ws.rs.Path;

/** What feedback-service folds from events. */
@Path("/feedback/projections")
public class FeedbackProjectionsResource extends ProjectionsResource {

    FeedbackProjectionsResource(Replays replays) {
        super(replays);
    }
}

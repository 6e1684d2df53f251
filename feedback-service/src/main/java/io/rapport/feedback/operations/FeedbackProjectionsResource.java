package io.rapport.feedback.operations;

import io.rapport.operations.projection.ProjectionsResource;
import io.rapport.operations.projection.Replays;
import io.rapport.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Path;

/** What feedback-service folds from events. */
@Path("/feedback/projections")
@RolesAllowed(Roles.ADMIN)
public class FeedbackProjectionsResource extends ProjectionsResource {

    FeedbackProjectionsResource(Replays replays) {
        super(replays);
    }
}

package io.rapport.feedback.operations;

import io.rapport.operations.restore.LostEvents;
import io.rapport.operations.restore.LostEventsResource;
import io.rapport.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Path;

/** What feedback-service has lost when its database was restored. */
@Path("/feedback/lost-events")
@RolesAllowed(Roles.ADMIN)
public class LostFeedbackEventsResource extends LostEventsResource {

    LostFeedbackEventsResource(LostEvents lost) {
        super(lost);
    }
}

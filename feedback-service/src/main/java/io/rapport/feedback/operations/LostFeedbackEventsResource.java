package io.rapport.feedback.operations;

import io.rapport.operations.restore.LostEvents;
import io.rapport.operations.restore.LostEventsResource;
import jakarta.ws.rs.Path;

/** What feedback-service has lost when its database was restored. */
@Path("/feedback/lost-events")
public class LostFeedbackEventsResource extends LostEventsResource {

    LostFeedbackEventsResource(LostEvents lost) {
        super(lost);
    }
}

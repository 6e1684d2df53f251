package io.rapport.interaction.operations;

import io.rapport.operations.restore.LostEvents;
import io.rapport.operations.restore.LostEventsResource;
import jakarta.ws.rs.Path;

/** What interaction-service has lost when its database was restored. */
@Path("/interactions/lost-events")
public class LostInteractionEventsResource extends LostEventsResource {

    LostInteractionEventsResource(LostEvents lost) {
        super(lost);
    }
}

package io.rapport.interaction.operations;

import io.rapport.operations.restore.LostEvents;
import io.rapport.operations.restore.LostEventsResource;
import io.rapport.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Path;

/** What interaction-service has lost when its database was restored. */
@Path("/interactions/lost-events")
@RolesAllowed(Roles.ADMIN)
public class LostInteractionEventsResource extends LostEventsResource {

    LostInteractionEventsResource(LostEvents lost) {
        super(lost);
    }
}

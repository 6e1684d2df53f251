package io.rapport.interaction.operations;

import io.rapport.directory.Directory;
import io.rapport.operations.parked.ParkedEventCommands;
import io.rapport.operations.parked.ParkedEventsResource;
import io.rapport.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Path;

/** The events that interaction-service could not apply. */
@Path("/interactions/parked-events")
@RolesAllowed(Roles.ADMIN)
public class ParkedInteractionEventsResource extends ParkedEventsResource {

    ParkedInteractionEventsResource(ParkedEventCommands parked, Directory directory) {
        super(parked, directory::require);
    }
}

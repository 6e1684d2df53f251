package io.rapport.feedback.operations;

import io.rapport.directory.Directory;
import io.rapport.operations.parked.ParkedEventCommands;
import io.rapport.operations.parked.ParkedEventsResource;
import io.rapport.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Path;

/** The events that feedback-service could not apply. */
@Path("/feedback/parked-events")
@RolesAllowed(Roles.ADMIN)
public class ParkedFeedbackEventsResource extends ParkedEventsResource {

    ParkedFeedbackEventsResource(ParkedEventCommands parked, Directory directory) {
        super(parked, directory::require);
    }
}

package io.rapport.loyalty.operations;

import io.rapport.directory.Directory;
import io.rapport.operations.parked.ParkedEventCommands;
import io.rapport.operations.parked.ParkedEventsResource;
import io.rapport.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Path;

/** The events that loyalty-service could not apply. */
@Path("/loyalty/parked-events")
@RolesAllowed(Roles.ADMIN)
public class ParkedLoyaltyEventsResource extends ParkedEventsResource {

    ParkedLoyaltyEventsResource(ParkedEventCommands parked, Directory directory) {
        super(parked, directory::require);
    }
}

package io.rapport.loyalty.operations;

import io.rapport.operations.restore.LostEvents;
import io.rapport.operations.restore.LostEventsResource;
import io.rapport.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Path;

/** What loyalty-service has lost when its database was restored. */
@Path("/loyalty/lost-events")
@RolesAllowed(Roles.ADMIN)
public class LostLoyaltyEventsResource extends LostEventsResource {

    LostLoyaltyEventsResource(LostEvents lost) {
        super(lost);
    }
}

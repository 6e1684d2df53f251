package io.rapport.customer.operations;

import io.rapport.operations.restore.LostEvents;
import io.rapport.operations.restore.LostEventsResource;
import io.rapport.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Path;

/** What customer-service has lost when its database was restored. */
@Path("/relationships/lost-events")
@RolesAllowed(Roles.ADMIN)
public class LostRelationshipEventsResource extends LostEventsResource {

    LostRelationshipEventsResource(LostEvents lost) {
        super(lost);
    }
}

package io.rapport.customer.operations;

import io.rapport.operations.restore.LostEvents;
import io.rapport.operations.restore.LostEventsResource;
import jakarta.ws.rs.Path;

/** What customer-service has lost when its database was restored. */
@Path("/relationships/lost-events")
public class LostRelationshipEventsResource extends LostEventsResource {

    LostRelationshipEventsResource(LostEvents lost) {
        super(lost);
    }
}

package io.rapport.loyalty.operations;

import io.rapport.operations.restore.LostEvents;
import io.rapport.operations.restore.LostEventsResource;
import jakarta.ws.rs.Path;

/** What loyalty-service has lost when its database was restored. */
@Path("/loyalty/lost-events")
public class LostLoyaltyEventsResource extends LostEventsResource {

    LostLoyaltyEventsResource(LostEvents lost) {
        super(lost);
    }
}

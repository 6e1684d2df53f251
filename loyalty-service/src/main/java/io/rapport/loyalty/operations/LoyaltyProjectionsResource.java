package io.rapport.loyalty.operations;

import io.rapport.operations.projection.ProjectionsResource;
import io.rapport.operations.projection.Replays;
import jakarta.ws.rs.Path;

/** What loyalty-service folds from events. */
@Path("/loyalty/projections")
public class LoyaltyProjectionsResource extends ProjectionsResource {

    LoyaltyProjectionsResource(Replays replays) {
        super(replays);
    }
}

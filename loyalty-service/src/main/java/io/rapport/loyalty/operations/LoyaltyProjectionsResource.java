package io.rapport.loyalty.operations;

import io.rapport.operations.projection.ProjectionsResource;
import io.rapport.operations.projection.Replays;
import io.rapport.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Path;

/** What loyalty-service folds from events. */
@Path("/loyalty/projections")
@RolesAllowed(Roles.ADMIN)
public class LoyaltyProjectionsResource extends ProjectionsResource {

    LoyaltyProjectionsResource(Replays replays) {
        super(replays);
    }
}

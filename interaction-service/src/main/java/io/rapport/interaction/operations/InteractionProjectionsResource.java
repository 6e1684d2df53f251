package io.rapport.interaction.operations;

import io.rapport.operations.projection.ProjectionsResource;
import io.rapport.operations.projection.Replays;
import io.rapport.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Path;

/** What interaction-service folds from events. */
@Path("/interactions/projections")
@RolesAllowed(Roles.ADMIN)
public class InteractionProjectionsResource extends ProjectionsResource {

    InteractionProjectionsResource(Replays replays) {
        super(replays);
    }
}

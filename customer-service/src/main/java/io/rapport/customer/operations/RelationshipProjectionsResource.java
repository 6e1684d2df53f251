package io.rapport.customer.operations;

import io.rapport.operations.projection.ProjectionsResource;
import io.rapport.operations.projection.Replays;
import io.rapport.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Path;

/** What customer-service folds from events. */
@Path("/relationships/projections")
@RolesAllowed(Roles.ADMIN)
public class RelationshipProjectionsResource extends ProjectionsResource {

    RelationshipProjectionsResource(Replays replays) {
        super(replays);
    }
}

package io.rapport.customer.operations;

import io.rapport.operations.projection.ProjectionsResource;
import io.rapport.operations.projection.Replays;
import jakarta.ws.rs.Path;

/** What customer-service folds from events. */
@Path("/relationships/projections")
public class RelationshipProjectionsResource extends ProjectionsResource {

    RelationshipProjectionsResource(Replays replays) {
        super(replays);
    }
}

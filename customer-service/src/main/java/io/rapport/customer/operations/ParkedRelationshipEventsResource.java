package io.rapport.customer.operations;

import io.rapport.customer.profile.CustomerRows;
import io.rapport.operations.parked.ParkedEventCommands;
import io.rapport.operations.parked.ParkedEventsResource;
import io.rapport.platform.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Path;

/** The events that customer-service could not apply. */
@Path("/relationships/parked-events")
@RolesAllowed(Roles.ADMIN)
public class ParkedRelationshipEventsResource extends ParkedEventsResource {

    ParkedRelationshipEventsResource(ParkedEventCommands parked, CustomerRows customers) {
        super(
                parked,
                reference ->
                        customers
                                .named(reference)
                                .orElseThrow(CustomerRows::unknown)
                                .customer()
                                .requireNotErased()
                                .id());
    }
}

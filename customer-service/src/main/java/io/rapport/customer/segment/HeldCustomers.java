package io.rapport.customer.segment;

import io.rapport.customer.SegmentReason;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.CustomerRows;
import io.rapport.customer.segment.Mark.Told;
import io.rapport.customer.segment.Memberships.Concern;
import io.rapport.customer.segment.SegmentSet.Ready;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * Decides about customers that nobody has written: holds their rows in the order of their ids, as
 * all do, and reads the segments only then, so that it decides by what holds while it holds them.
 */
@ApplicationScoped
class HeldCustomers {

    private final CustomerRows customers;
    private final SegmentDefinitions definitions;
    private final Memberships memberships;

    HeldCustomers(CustomerRows customers, SegmentDefinitions definitions, Memberships memberships) {
        this.customers = customers;
        this.definitions = definitions;
        this.memberships = memberships;
    }

    /** Those of these customers that there are; answers them as they are held. */
    @Transactional(TxType.MANDATORY)
    Collection<Customer> decide(
            Collection<UUID> ids,
            Function<SegmentSet, Collection<Ready>> which,
            SegmentReason reason) {
        return decide(ids, which, reason, Map.of());
    }

    /** The same; {@code causes}: the event that made it necessary, of those of whom one did. */
    @Transactional(TxType.MANDATORY)
    Collection<Customer> decide(
            Collection<UUID> ids,
            Function<SegmentSet, Collection<Ready>> which,
            SegmentReason reason,
            Map<UUID, Told> causes) {
        Collection<Customer> held = customers.hold(ids).values();
        SegmentSet set = definitions.current();
        Collection<Ready> segments = which.apply(set);
        List<Concern> concerns =
                segments.isEmpty()
                        ? List.of()
                        : held.stream().map(one -> new Concern(one, segments)).toList();
        memberships.decide(set, concerns, reason, causes);
        return held;
    }
}

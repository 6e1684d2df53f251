package io.rapport.customer.segment;

import io.rapport.customer.SegmentReason;
import io.rapport.customer.context.Figures;
import io.rapport.customer.profile.Customer;
import io.rapport.customer.profile.PublishedCustomers;
import io.rapport.customer.profile.WrittenCustomers.Written;
import io.rapport.customer.segment.Memberships.Concern;
import io.rapport.customer.segment.SegmentSet.Ready;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Keeps members up with each write of customers, in its transaction. Only segments that read what
 * differs are decided, so that a write that concerns none costs one short statement.
 */
@ApplicationScoped
class SegmentUpkeep {

    private final SegmentDefinitions definitions;
    private final Memberships memberships;

    SegmentUpkeep(SegmentDefinitions definitions, Memberships memberships) {
        this.definitions = definitions;
        this.memberships = memberships;
    }

    void published(@Observes PublishedCustomers published) {
        SegmentSet set = definitions.current();
        if (set.isEmpty()) {
            return;
        }
        List<Concern> concerns = new ArrayList<>();
        boolean merge = false;
        for (Written written : published.each()) {
            Collection<Ready> concerned = concerned(set, written);
            if (!concerned.isEmpty()) {
                concerns.add(new Concern(written.after(), concerned));
            }
            merge = merge || isOfMerge(written);
        }
        memberships.decide(set, concerns, merge ? SegmentReason.MERGE : SegmentReason.PROFILE);
    }

    private static Collection<Ready> concerned(SegmentSet set, Written written) {
        Customer before = written.before();
        return before == null || isOfMerge(written)
                ? set.all()
                : set.concerned(
                        new Facts(before, Figures.NONE), new Facts(written.after(), Figures.NONE));
    }

    /** Then it may have been another customer, with figures of others. */
    private static boolean isOfMerge(Written written) {
        Customer before = written.before();
        Customer after = written.after();
        return before != null
                && (!before.merges().equals(after.merges()) || before.status() != after.status());
    }
}

package io.rapport.customer.segment;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** In which segments a customer is, and what was said of that, for a document of what is held. */
@ApplicationScoped
public class SegmentDocument {

    private final MemberRows members;
    private final OverrideRows overrides;
    private final Clock clock;

    SegmentDocument(MemberRows members, OverrideRows overrides, Clock clock) {
        this.members = members;
        this.overrides = overrides;
        this.clock = clock;
    }

    /** The segments of whoever answers, in the order of their keys, after {@code last}. */
    public List<MemberView> page(UUID customer, @Nullable MemberView last, int rows) {
        return members.ofCustomer(customer, last == null ? "" : last.segment(), rows).stream()
                .map(MemberView::of)
                .toList();
    }

    /**
     * All that was said of these very customers, by customer, segment and time, after {@code last}.
     */
    public List<OverrideView> overrides(
            Collection<UUID> customers, @Nullable OverrideView last, int rows) {
        return overrides.ofCustomers(customers, clock.instant(), last, rows);
    }
}

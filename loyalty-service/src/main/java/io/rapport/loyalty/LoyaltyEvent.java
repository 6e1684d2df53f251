package io.rapport.loyalty;

import io.rapport.platform.event.Event;
import io.rapport.platform.event.EventType;
import java.time.Instant;
import java.util.UUID;

/**
 * All that loyalty-service publishes. Points are whole numbers, never negative; {@code balance} is
 * what is left after.
 */
public sealed interface LoyaltyEvent extends Event {

    /** A purchase earned points. */
    @EventType("loyalty.points-earned.v1")
    record PointsEarned(
            UUID customer,
            Instant time,
            UUID entry,
            long points,
            long balance,
            UUID interaction,
            String programme,
            String tier)
            implements LoyaltyEvent {}

    /**
     * A cancellation took back {@code points} of the {@code requested}, as far as the balance went:
     * possibly none.
     */
    @EventType("loyalty.points-reversed.v1")
    record PointsReversed(
            UUID customer,
            Instant time,
            UUID entry,
            long points,
            long requested,
            long balance,
            UUID interaction,
            String programme,
            String tier)
            implements LoyaltyEvent {}

    /** The qualifying points crossed a threshold of the ladder, upwards or downwards. */
    @EventType("loyalty.tier-changed.v1")
    record TierChanged(UUID customer, Instant time, String from, String to, String programme)
            implements LoyaltyEvent {}

    /**
     * This service has erased what it held under the customer's id, as customer-service asked for.
     */
    @EventType("loyalty.customer-erased.v1")
    record CustomerErased(UUID customer, UUID erasure, Instant erasedAt) implements LoyaltyEvent {

        @Override
        public Instant time() {
            return erasedAt;
        }

        @Override
        public boolean ofErased() {
            return true;
        }
    }
}

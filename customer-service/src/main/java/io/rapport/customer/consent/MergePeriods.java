package io.rapport.customer.consent;

import io.rapport.customer.consent.MergePeriods.Period;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When a customer, and all who were ever one with it directly or over others, were merged into
 * whom.
 */
record MergePeriods(UUID customer, List<Period> periods) implements Membership {

    /** From the merge on and up to the unmerge, which may not have come. */
    record Period(UUID member, UUID survivor, Instant from, @Nullable Instant to) {
        private boolean holds(Instant at) {
            return !at.isBefore(from) && (to == null || at.isBefore(to));
        }
    }

    @Override
    public boolean together(UUID one, UUID other, Instant at) {
        return survivor(one, at).equals(survivor(other, at));
    }

    /** Those who were one with the customer then, itself among them. */
    Set<UUID> membersAt(Instant at) {
        UUID survivor = survivor(customer, at);
        Set<UUID> members = new HashSet<>(Set.of(survivor));
        periods.stream()
                .filter(period -> period.survivor.equals(survivor) && period.holds(at))
                .forEach(period -> members.add(period.member));
        return members;
    }

    /** All of whom anything that was said may count. */
    List<UUID> all() {
        return Stream.concat(
                        Stream.of(customer),
                        periods.stream().flatMap(one -> Stream.of(one.member, one.survivor)))
                .distinct()
                .toList();
    }

    /** The last time at which anybody was merged or unmerged. */
    Instant last() {
        return periods.stream()
                .flatMap(
                        period ->
                                Stream.of(period.from, period.to == null ? period.from : period.to))
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    private UUID survivor(UUID one, Instant at) {
        return periods.stream()
                .filter(period -> period.member.equals(one) && period.holds(at))
                .map(Period::survivor)
                .findFirst()
                .orElse(one);
    }
}

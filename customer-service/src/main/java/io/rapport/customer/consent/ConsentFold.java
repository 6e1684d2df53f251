package io.rapport.customer.consent;

import static io.rapport.customer.consent.ConsentRecord.BY_TIME;
import static io.rapport.customer.consent.ConsentRecord.Kind.CONFIRMED;
import static io.rapport.customer.consent.ConsentRecord.Kind.GIVEN;
import static io.rapport.customer.consent.ConsentRecord.Kind.WITHDRAWN;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides from the records of one purpose and channel whether there is consent. A pure function of
 * what was recorded by then, in any order:
 *
 * <ul>
 *   <li>the latest giving or withdrawal decides, by the time at which it occurred; of the same time
 *       the withdrawal;
 *   <li>a giving that needs a confirmation does not count before it has one, and takes nothing away
 *       until then;
 *   <li>what is said while customers are merged is said of all of them; what was said before, of
 *       whom it was said;
 *   <li>of several members the most restrictive decides, and who never said anything does not
 *       restrict;
 *   <li>after an unmerge, of all that was said while merged only the withdrawals stay for all.
 * </ul>
 */
final class ConsentFold {

    private final List<ConsentRecord> records;
    private final Map<UUID, ConsentRecord> confirmations;
    private final Set<UUID> members;
    private final Membership membership;
    private final Instant at;

    private ConsentFold(
            List<ConsentRecord> records, Set<UUID> members, Membership membership, Instant at) {
        this.records = records;
        this.confirmations = confirmations(records);
        this.members = members;
        this.membership = membership;
        this.at = at;
    }

    /**
     * What held at {@code at}.
     *
     * @param members those who were one customer then
     * @param records at least all of these members, and of those who were one with them before
     */
    static ConsentDecision decide(
            Set<UUID> members,
            Collection<ConsentRecord> records,
            Membership membership,
            Instant at) {
        List<ConsentRecord> known =
                records.stream().filter(record -> !record.recordedAt().isAfter(at)).toList();
        ConsentFold fold = new ConsentFold(known, members, membership, at);
        return members.stream()
                .map(fold::of)
                .min(ConsentDecision.BY_RESTRICTION)
                .orElse(ConsentDecision.NONE);
    }

    /** What held at {@code at} for a customer that was never merged. */
    static ConsentDecision decide(UUID customer, Collection<ConsentRecord> records, Instant at) {
        return decide(Set.of(customer), records, Membership.ALONE, at);
    }

    private ConsentDecision of(UUID member) {
        ConsentRecord withdrawal = latest(member, record -> record.is(WITHDRAWN));
        ConsentRecord giving =
                latest(member, record -> isGiven(record, withdrawal) && counts(record));
        ConsentRecord waiting =
                latest(
                        member,
                        record ->
                                isGiven(record, withdrawal)
                                        && !counts(record)
                                        && (giving == null || BY_TIME.compare(record, giving) > 0));
        UUID pending = waiting == null ? null : waiting.id();
        ConsentRecord deciding = giving == null ? withdrawal : giving;
        if (deciding != null) {
            return new ConsentDecision(
                    state(deciding), deciding, confirmations.get(deciding.id()), pending);
        }
        return waiting == null
                ? ConsentDecision.NONE
                : new ConsentDecision(ConsentState.PENDING, waiting, null, pending);
    }

    private @Nullable ConsentRecord latest(UUID member, Predicate<ConsentRecord> which) {
        return records.stream()
                .filter(record -> speaksOf(member, record))
                .filter(which)
                .max(BY_TIME)
                .orElse(null);
    }

    private ConsentState state(ConsentRecord deciding) {
        if (deciding.is(WITHDRAWN)) {
            return ConsentState.WITHDRAWN;
        }
        return deciding.hasEnded(at) ? ConsentState.EXPIRED : ConsentState.GIVEN;
    }

    private boolean speaksOf(UUID member, ConsentRecord record) {
        UUID speaker = record.customer();
        return speaker.equals(member)
                || (membership.together(speaker, member, record.recordedAt())
                        && (members.contains(speaker) || record.is(WITHDRAWN)));
    }

    private boolean counts(ConsentRecord giving) {
        return !giving.needsConfirmation() || confirmations.containsKey(giving.id());
    }

    private static boolean isGiven(ConsentRecord record, @Nullable ConsentRecord withdrawal) {
        return record.is(GIVEN) && (withdrawal == null || !isEndedBy(withdrawal, record));
    }

    /** A withdrawal ends what was given before it or at the same time. */
    static boolean isEndedBy(ConsentRecord withdrawal, ConsentRecord giving) {
        return !giving.occurredAt().isAfter(withdrawal.occurredAt());
    }

    /** By the giving that they confirm; who confirms it does not matter. */
    private static Map<UUID, ConsentRecord> confirmations(List<ConsentRecord> records) {
        Map<UUID, ConsentRecord> found = new HashMap<>();
        for (ConsentRecord record : records) {
            if (record.is(CONFIRMED) && record.confirms() != null) {
                found.put(record.confirms(), record);
            }
        }
        return found;
    }
}

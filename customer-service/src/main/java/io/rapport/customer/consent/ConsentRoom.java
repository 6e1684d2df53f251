package io.rapport.customer.consent;

import static io.rapport.customer.consent.ConsentRecord.BY_TIME;
import static io.rapport.customer.consent.ConsentRecord.Kind.GIVEN;
import static io.rapport.customer.consent.ConsentRecord.Kind.WITHDRAWN;

import io.rapport.platform.Refusal;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * How much is recorded of one customer, purpose and channel, since a check reads all of it. Giving
 * it anew every week for years is fine, a caller in a loop is not. Partners leave room to staff,
 * and what ends a consent is always recorded.
 */
final class ConsentRoom {

    static final int MAX_GIVINGS = 1000;
    static final int MAX_GIVINGS_BY_PARTNERS = 900;
    static final int MAX_GIVINGS_OF_A_PARTNERS_SOURCE = 500;
    static final int MAX_WITHDRAWALS = 1000;

    private ConsentRoom() {}

    /** Refuses a giving that is one too many, for this caller or at all. */
    static void requireForGiving(Collection<ConsentRecord> before, String source, boolean byStaff) {
        long givings = before.stream().filter(record -> record.is(GIVEN)).count();
        long ofSource =
                before.stream()
                        .filter(record -> record.is(GIVEN) && record.source().equals(source))
                        .count();
        boolean full =
                byStaff
                        ? givings >= MAX_GIVINGS
                        : givings >= MAX_GIVINGS_BY_PARTNERS
                                || ofSource >= MAX_GIVINGS_OF_A_PARTNERS_SOURCE;
        if (full) {
            throw Refusal.conflict(
                    "too-many-consent-records",
                    "This customer's consent to this purpose on this channel was given too often.");
        }
    }

    /**
     * Refuses a giving of a time before {@code now} where withdrawals are not recorded any more:
     * one of them may have come after it.
     */
    static void requireTimely(Collection<ConsentRecord> before, Instant occurredAt, Instant now) {
        if (isFullOfWithdrawals(before) && occurredAt.isBefore(now)) {
            throw Refusal.conflict(
                    "too-many-consent-records",
                    "This consent was withdrawn so often that it is given from now on only. Leave occurredAt out.");
        }
    }

    /**
     * The latest withdrawal that says it all, where there are too many for one more that would end
     * nothing: neither what was given before, nor what is given from now on.
     */
    static Optional<ConsentRecord> insteadOf(
            ConsentRecord withdrawal, Collection<ConsentRecord> before) {
        return isFullOfWithdrawals(before)
                ? before.stream()
                        .filter(record -> record.is(WITHDRAWN))
                        .max(BY_TIME)
                        .filter(latest -> !endsMore(withdrawal, latest, before))
                : Optional.empty();
    }

    private static boolean endsMore(
            ConsentRecord withdrawal, ConsentRecord latest, Collection<ConsentRecord> before) {
        return before.stream()
                .anyMatch(
                        record ->
                                record.is(GIVEN)
                                        && ConsentFold.isEndedBy(withdrawal, record)
                                        && !ConsentFold.isEndedBy(latest, record));
    }

    private static boolean isFullOfWithdrawals(Collection<ConsentRecord> before) {
        return before.stream().filter(record -> record.is(WITHDRAWN)).count() >= MAX_WITHDRAWALS;
    }
}

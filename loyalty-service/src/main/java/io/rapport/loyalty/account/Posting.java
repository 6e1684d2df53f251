package io.rapport.loyalty.account;

import io.rapport.loyalty.LoyaltyEvent;
import io.rapport.loyalty.LoyaltyEvent.PointsEarned;
import io.rapport.loyalty.LoyaltyEvent.PointsReversed;
import io.rapport.loyalty.LoyaltyEvent.TierChanged;
import io.rapport.loyalty.programme.Programme;
import io.rapport.platform.Ids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One movement as a whole: the account after it, its entry, and what is to be told. Nothing is
 * written yet.
 */
public record Posting(Account after, Entry entry, List<LoyaltyEvent> events) {

    /** Earns or takes back what an occasion is worth in the programme. */
    static Posting of(Worth worth, Account before, Programme programme, Instant now) {
        Occasion occasion = worth.occasion();
        Account after =
                switch (worth.kind()) {
                    case EARNED -> before.earn(worth.points(), programme);
                    case REVERSED -> before.takeBack(worth.points(), programme);
                };
        Entry entry =
                new Entry(
                        after.customer(),
                        Ids.next(),
                        after.programme(),
                        after.version(),
                        worth.kind(),
                        after.balance() - before.balance(),
                        worth.points(),
                        after.balance(),
                        programme.version(),
                        occasion.interaction(),
                        occasion.causingEvent(),
                        occasion.amount(),
                        occasion.occurredAt(),
                        now);
        return new Posting(after, entry, toTell(before, after, entry));
    }

    private static List<LoyaltyEvent> toTell(Account before, Account after, Entry entry) {
        List<LoyaltyEvent> events = new ArrayList<>();
        events.add(
                switch (entry.kind()) {
                    case EARNED -> earned(entry, after.tier());
                    case REVERSED -> reversed(entry, after.tier());
                });
        if (!after.tier().equals(before.tier())) {
            events.add(
                    new TierChanged(
                            entry.customer(),
                            entry.occurredAt(),
                            before.tier(),
                            after.tier(),
                            entry.programme()));
        }
        return List.copyOf(events);
    }

    private static PointsEarned earned(Entry entry, String tier) {
        return new PointsEarned(
                entry.customer(),
                entry.occurredAt(),
                entry.id(),
                entry.points(),
                entry.balanceAfter(),
                entry.interaction(),
                entry.programme(),
                tier);
    }

    private static PointsReversed reversed(Entry entry, String tier) {
        return new PointsReversed(
                entry.customer(),
                entry.occurredAt(),
                entry.id(),
                -entry.points(),
                entry.requested(),
                entry.balanceAfter(),
                entry.interaction(),
                entry.programme(),
                tier);
    }
}

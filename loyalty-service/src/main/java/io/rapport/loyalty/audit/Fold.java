package io.rapport.loyalty.audit;

import io.rapport.loyalty.account.Account;
import io.rapport.loyalty.account.Entry;
import io.rapport.loyalty.programme.Programme;
import io.rapport.loyalty.programme.Tier;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Computes an account again from its entries in the order of their numbers, and notes where they
 * contradict each other, or the amounts that they name. It takes the programme's figures and shares
 * no code with the rules that made the entries. Not thread-safe.
 */
final class Fold {

    private static final int FAULTS_KEPT = 10;

    private final Programme programme;
    private final List<String> faults = new ArrayList<>();
    private long balance;
    private long earned;
    private long reversed;
    private long number;

    Fold(Programme programme) {
        this.programme = programme;
    }

    void add(Entry entry) {
        expect("the number after " + number, number + 1, entry.number());
        number = entry.number();
        expectWorth(entry);
        switch (entry.kind()) {
            case EARNED -> {
                expect("entry " + number + ": points", entry.requested(), entry.points());
                earned += entry.points();
            }
            case REVERSED -> {
                expect(
                        "entry " + number + ": points",
                        -Math.min(entry.requested(), balance),
                        entry.points());
                reversed -= entry.points();
            }
        }
        balance += entry.points();
        expect("entry " + number + ": balance after it", balance, entry.balanceAfter());
    }

    /** What an earlier version of the programme gave for an amount is not known any more. */
    private void expectWorth(Entry entry) {
        if (entry.programmeVersion() != programme.version()) {
            return;
        }
        BigInteger units = entry.amount().amount().toBigInteger();
        BigInteger moved =
                switch (entry.kind()) {
                    case EARNED -> units;
                    case REVERSED -> units.negate();
                };
        BigInteger worth =
                moved.max(BigInteger.ZERO).multiply(BigInteger.valueOf(programme.pointsPerUnit()));
        if (!worth.equals(BigInteger.valueOf(entry.requested()))) {
            note(
                    "entry %d: requested is %d, its amount makes %d"
                            .formatted(number, entry.requested(), worth));
        }
    }

    /** Every way in which the account is not what its entries make; empty when it is proved. */
    List<String> compareWith(Account account) {
        expect("balance", balance, account.balance());
        expect("earned", earned, account.earned());
        expect("reversed", reversed, account.reversed());
        expect("version", number, account.version());
        if (balance < 0 || reversed < 0 || reversed > earned) {
            note("the entries make no possible account");
        } else {
            String tier = tier();
            if (!tier.equals(account.tier())) {
                note("tier is " + account.tier() + ", the entries make " + tier);
            }
        }
        return List.copyOf(faults);
    }

    private String tier() {
        String reached = "";
        for (Tier step : programme.ladder()) {
            if (step.qualifyingPoints() <= earned - reversed) {
                reached = step.code();
            }
        }
        return reached;
    }

    private void expect(String what, long folded, long stored) {
        if (folded != stored) {
            note(what + " is " + stored + ", the entries make " + folded);
        }
    }

    private void note(String fault) {
        if (faults.size() < FAULTS_KEPT) {
            faults.add(fault);
        }
    }
}

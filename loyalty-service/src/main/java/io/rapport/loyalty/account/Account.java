package io.rapport.loyalty.account;

import io.rapport.loyalty.programme.Programme;
import io.rapport.platform.Refusal;
import java.util.List;
import java.util.UUID;

/**
 * What a customer holds in a programme, in whole points; no figure is ever below 0. {@code version}
 * counts the entries. Immutable: a rule answers the account as it is afterwards, or refuses.
 */
public record Account(
        UUID customer,
        String programme,
        long balance,
        long earned,
        long reversed,
        String tier,
        long version) {

    /** An account without entries. */
    public static Account open(UUID customer, Programme programme) {
        return new Account(customer, programme.code(), 0, 0, 0, programme.tierAt(0).code(), 0);
    }

    /** What customers who were merged hold together; never stored. */
    static Account together(UUID customer, List<Account> accounts, Programme programme) {
        long earned = 0;
        long reversed = 0;
        try {
            for (Account account : accounts) {
                earned = Math.addExact(earned, account.earned);
                reversed = Math.addExact(reversed, account.reversed);
            }
        } catch (ArithmeticException e) {
            throw tooMany();
        }
        return new Account(
                customer,
                programme.code(),
                earned - reversed,
                earned,
                reversed,
                programme.tierAt(earned - reversed).code(),
                accounts.stream().mapToLong(Account::version).sum());
    }

    /** What the tier hangs on: earned minus reversed, so that spending never lowers it. */
    public long qualifyingPoints() {
        return earned - reversed;
    }

    /** The account with {@code points} more. */
    public Account earn(long points, Programme programme) {
        requirePositive(points);
        try {
            return moved(points, Math.addExact(earned, points), reversed, programme);
        } catch (ArithmeticException e) {
            throw tooMany();
        }
    }

    private static Refusal tooMany() {
        return Refusal.unprocessable(
                "points-overflow", "The account would hold more points than can be counted.");
    }

    /**
     * The account with the {@code requested} points less, within the balance: a reversal never goes
     * below 0.
     */
    public Account takeBack(long requested, Programme programme) {
        requirePositive(requested);
        long taken = Math.min(balance, requested);
        return moved(-taken, earned, reversed + taken, programme);
    }

    private Account moved(long points, long earned, long reversed, Programme terms) {
        return new Account(
                customer,
                programme,
                Math.addExact(balance, points),
                earned,
                reversed,
                terms.tierAt(earned - reversed).code(),
                version + 1);
    }

    private static void requirePositive(long points) {
        if (points <= 0) {
            throw Refusal.unprocessable(
                    "points-not-positive", "Only a positive number of points can move.");
        }
    }
}

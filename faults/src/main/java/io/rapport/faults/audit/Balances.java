package io.rapport.faults.audit;

import io.rapport.faults.topic.Logged;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A1: every account is the fold of its entries, never below 0, and its entries are what the
 * customer's purchases and cancellations make, one each, in the order of their sequences.
 */
public final class Balances {
    /** What an account holds. */
    public record Account(String customer, long balance, long version) {}

    /** One movement of points. */
    public record Entry(
            String customer, long number, long points, long balanceAfter, String cause) {}

    private final Findings findings = new Findings("A1");
    private final Map<String, List<Entry>> entries = new TreeMap<>();
    private final Map<String, List<Logged>> causes = new TreeMap<>();

    private Balances() {}

    /** {@code events} are the effective ones of all topics. */
    public static List<Finding> audit(
            Collection<Account> accounts, Collection<Entry> entries, Collection<Logged> events) {
        Balances audit = new Balances();
        entries.stream()
                .sorted(Comparator.comparingLong(Entry::number))
                .forEach(entry -> listOf(audit.entries, entry.customer()).add(entry));
        events.stream()
                .filter(event -> event.type().equals("interaction.recorded.v1"))
                .filter(event -> worth(event) != 0)
                .sorted(Comparator.comparingLong(Logged::sequence))
                .forEach(event -> listOf(audit.causes, event.customer()).add(event));
        accounts.forEach(audit::check);
        accounts.forEach(account -> audit.forget(account.customer()));
        audit.entries.forEach(
                (customer, left) ->
                        audit.findings.add("customer %s has entries and no account", customer));
        audit.causes.forEach(
                (customer, left) ->
                        audit.findings.add(
                                "customer %s has no account, and event %s moves points",
                                customer, left.getFirst().id()));
        return audit.findings.all();
    }

    private void forget(String customer) {
        entries.remove(customer);
        causes.remove(customer);
    }

    private void check(Account account) {
        List<Entry> held = entries.getOrDefault(account.customer(), List.of());
        List<Logged> expected = causes.getOrDefault(account.customer(), List.of());
        if (held.size() != expected.size()) {
            findings.add(
                    "customer %s has %d entries, and %d events that move points",
                    account.customer(), held.size(), expected.size());
        }
        long balance = 0;
        for (int i = 0; i < Math.min(held.size(), expected.size()); i++) {
            long points = Math.max(-balance, worth(expected.get(i)));
            balance += points;
            String what = "customer " + account.customer() + " entry " + (i + 1) + ": ";
            Entry entry = held.get(i);
            findings.expect(what + "number", i + 1L, entry.number());
            findings.expect(what + "cause", expected.get(i).id(), entry.cause());
            findings.expect(what + "points", points, entry.points());
            findings.expect(what + "balance after it", balance, entry.balanceAfter());
        }
        long folded = held.stream().mapToLong(Entry::points).sum();
        findings.expect("balance of customer " + account.customer(), folded, account.balance());
        findings.expect(
                "version of the account of " + account.customer(),
                (long) held.size(),
                account.version());
        if (account.balance() < 0) {
            findings.add("customer %s is below 0", account.customer());
        }
    }

    /** Whole units of a purchase, or minus those of a cancellation; 0 moves nothing. */
    static long worth(Logged event) {
        BigDecimal amount =
                new BigDecimal(event.payload().path("amount").path("amount").asText("0"));
        long units = amount.setScale(0, RoundingMode.DOWN).longValueExact();
        return switch (event.payload().path("type").asText()) {
            case "PURCHASE" -> Math.max(0, units);
            case "CANCELLATION" -> Math.min(0, units);
            default -> 0;
        };
    }

    private static <T> List<T> listOf(Map<String, List<T>> map, String customer) {
        return map.computeIfAbsent(customer, key -> new ArrayList<>());
    }
}

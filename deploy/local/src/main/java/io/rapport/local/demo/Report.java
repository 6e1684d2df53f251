package io.rapport.local.demo;

import com.google.errorprone.annotations.FormatMethod;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the demo tells the person at the terminal. */
final class Report {
    private static final int SHOWN_LINES = 10;
    private static final int SHOWN_DIFFERENCES = 5;
    private static final int SHOWN_CUSTOMERS = 5;

    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    void file(InvoiceFile file) {
        say("Read %s: %,d invoices of customers.", file.name(), file.invoices().size());
        say(
                "Skipped: %,d rows without a customer, %,d adjustments.",
                file.withoutCustomer(), file.adjustments());
    }

    void shift(InvoiceFile file, WeekShift shift) {
        file.lastDay()
                .ifPresent(
                        day -> {
                            if (shift.equals(WeekShift.NONE)) {
                                say("Dates stay as they are; the last day is %s.", day);
                            } else {
                                say(
                                        "Dates are shifted by %,d weeks, so that %s becomes %s; --as-is keeps them.",
                                        shift.weeks(), day, day.plusWeeks(shift.weeks()));
                            }
                        });
    }

    void result(DemoResult result) {
        leftOut(result.leftOut());
        say("");
        say(
                "Proof        %,d customers: purchases and cancellations in the file = interaction-service = context,",
                result.customers());
        say(
                "             points = fold of the file = loyalty-service = context: %s",
                differences(result));
        result.differences().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .limit(SHOWN_DIFFERENCES)
                .forEach(
                        entry ->
                                say(
                                        "             customer %s: %s",
                                        entry.getKey(), entry.getValue()));
        say(
                "Throughput   %,.0f invoices/s (%,d in %.1f s: %,d new, %,d known already)",
                result.perSecond(),
                result.recorded() + result.known(),
                result.loading().toMillis() / 1000.0,
                result.recorded(),
                result.known());
        propagation(result);
        say("");
        known(result.holdings());
    }

    private static String differences(DemoResult result) {
        int count = result.differences().size();
        return count == 1 ? "1 difference" : String.format(Locale.ROOT, "%,d differences", count);
    }

    private void leftOut(List<BadLine> lines) {
        if (!lines.isEmpty()) {
            say("Left out: %,d lines.", lines.size());
            lines.stream().limit(SHOWN_LINES).forEach(line -> say("    %s", line));
            if (lines.size() > SHOWN_LINES) {
                say("    and %,d more", lines.size() - SHOWN_LINES);
            }
        }
    }

    private void propagation(DemoResult result) {
        Latencies latencies = result.propagation();
        if (latencies.count() == 0) {
            say("Propagation  nothing new to measure");
            return;
        }
        String unmeasured =
                result.propagationUnmeasured() == 0
                        ? ""
                        : String.format(
                                Locale.ROOT, ", %,d not measured", result.propagationUnmeasured());
        say(
                "Propagation  %s from the answer to the points in the context (%,d samples under full load%s)",
                latencies, latencies.count(), unmeasured);
    }

    private void known(List<Holding> holdings) {
        say("What the suite knows");
        say("  customers      %,d", holdings.size());
        totals(holdings, true).forEach((currency, tally) -> money("purchases", currency, tally));
        totals(holdings, false)
                .forEach((currency, tally) -> money("cancellations", currency, tally));
        say("  points         %,d", holdings.stream().mapToLong(Holding::points).sum());
        Map<String, Long> tiers =
                holdings.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Holding::tier, TreeMap::new, Collectors.counting()));
        say(
                "  tiers          %s",
                tiers.entrySet().stream()
                        .map(
                                tier ->
                                        String.format(
                                                Locale.ROOT,
                                                "%s %,d",
                                                tier.getKey(),
                                                tier.getValue()))
                        .collect(Collectors.joining(", ")));
        say("");
        say("  %-10s %10s %16s %14s   %s", "customer", "purchases", "revenue", "points", "tier");
        holdings.stream()
                .sorted(Comparator.comparingLong(Holding::points).reversed())
                .limit(SHOWN_CUSTOMERS)
                .forEach(this::customer);
    }

    private void money(String what, String currency, Tally tally) {
        say("  %-14s %,d, %,.2f %s", what, tally.count(), tally.sum(), currency);
    }

    private void customer(Holding holding) {
        Tally purchases = holding.figures().purchases().getOrDefault(Invoice.CURRENCY, Tally.NONE);
        say(
                "  %-10s %,10d %,12.2f %s %,14d   %s",
                holding.customer(),
                purchases.count(),
                purchases.sum(),
                Invoice.CURRENCY,
                holding.points(),
                holding.tier());
    }

    private static Map<String, Tally> totals(List<Holding> holdings, boolean purchases) {
        Map<String, Tally> totals = new TreeMap<>();
        for (Holding holding : holdings) {
            Figures figures = holding.figures();
            (purchases ? figures.purchases() : figures.cancellations())
                    .forEach((currency, tally) -> totals.merge(currency, tally, Tally::plus));
        }
        return totals;
    }

    @FormatMethod
    private void say(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}

package io.rapport.local.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the suite must hold of one customer after a load: the figures of the file, and the points as
 * a fold over its rows in file order. A purchase earns the whole units of its amount; a
 * cancellation takes back the whole units of its amount, within the balance.
 */
record Expectation(Figures figures, long points) {
    static final Expectation NOTHING = new Expectation(Figures.NONE, 0);

    /** By customer; an invoice number that appears again with the same content counts once. */
    static Map<String, Expectation> of(Collection<Invoice> invoicesInFileOrder) {
        Map<String, Expectation> expectations = new TreeMap<>();
        Set<String> seen = new HashSet<>();
        for (Invoice invoice : invoicesInFileOrder) {
            if (seen.add(invoice.number())) {
                expectations.merge(
                        invoice.customer(),
                        NOTHING.after(invoice),
                        (before, first) -> before.after(invoice));
            }
        }
        return expectations;
    }

    Expectation after(Invoice invoice) {
        return new Expectation(
                figures.plus(invoice.kind(), Invoice.CURRENCY, invoice.amount()),
                pointsAfter(points, invoice.kind(), invoice.amount()));
    }

    static long pointsAfter(long balance, Invoice.Kind kind, BigDecimal amount) {
        long wholeUnits = amount.abs().setScale(0, RoundingMode.DOWN).longValueExact();
        return switch (kind) {
            case PURCHASE -> amount.signum() > 0 ? balance + wholeUnits : balance;
            case CANCELLATION -> balance - Math.min(balance, wholeUnits);
        };
    }
}

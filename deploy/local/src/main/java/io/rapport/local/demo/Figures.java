package io.rapport.local.demo;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/** One customer's purchases and cancellations, by currency. Currencies without any are absent. */
public record Figures(Map<String, Tally> purchases, Map<String, Tally> cancellations) {
    static final Figures NONE = new Figures(Map.of(), Map.of());

    public Figures {
        purchases = Map.copyOf(purchases);
        cancellations = Map.copyOf(cancellations);
    }

    Figures plus(Invoice.Kind kind, String currency, BigDecimal amount) {
        return switch (kind) {
            case PURCHASE -> new Figures(plus(purchases, currency, amount), cancellations);
            case CANCELLATION -> new Figures(purchases, plus(cancellations, currency, amount));
        };
    }

    private static Map<String, Tally> plus(
            Map<String, Tally> tallies, String currency, BigDecimal amount) {
        Map<String, Tally> more = new TreeMap<>(tallies);
        more.merge(currency, Tally.NONE.plus(amount), Tally::plus);
        return more;
    }

    @Override
    public String toString() {
        return "purchases "
                + new TreeMap<>(purchases)
                + ", cancellations "
                + new TreeMap<>(cancellations);
    }
}

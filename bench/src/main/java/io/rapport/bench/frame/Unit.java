package io.rapport.bench.frame;

import java.util.Locale;

/** What a figure is counted in. */
public enum Unit {
    PER_SECOND("/s", "%,.0f/s"),
    MILLISECONDS("ms", "%,.1f ms"),
    SECONDS("s", "%,.1f s"),
    MEBIBYTES("MiB", "%,.0f MiB"),
    PERCENT("%", "%.2f %%"),
    COUNT("count", "%,.0f");

    private final String symbol;
    private final String format;

    Unit(String symbol, String format) {
        this.symbol = symbol;
        this.format = format;
    }

    public String symbol() {
        return symbol;
    }

    public String text(double value) {
        return String.format(Locale.ROOT, format, value);
    }
}

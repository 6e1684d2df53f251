package io.rapport.bench.frame;

/** What is to be reached: a bound, and on which side of it lies success. */
public record Target(double bound, boolean more) {
    public static Target atLeast(double bound) {
        return new Target(bound, true);
    }

    public static Target below(double bound) {
        return new Target(bound, false);
    }

    public boolean isMetBy(double value) {
        return more ? value >= bound : value < bound;
    }
}

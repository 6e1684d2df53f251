package io.rapport.bench.frame;

/** What is to be reached: a bound, and on which side of it lies success. */
public record Target(double bound, Side side) {

    /** How a side is printed, and its key in a file of results. */
    public enum Side {
        AT_LEAST(">=", "atLeast"),
        BELOW("<", "below"),
        AT_MOST("<=", "atMost");

        private final String sign;
        private final String key;

        Side(String sign, String key) {
            this.sign = sign;
            this.key = key;
        }

        public String sign() {
            return sign;
        }

        public String key() {
            return key;
        }
    }

    public static Target atLeast(double bound) {
        return new Target(bound, Side.AT_LEAST);
    }

    public static Target below(double bound) {
        return new Target(bound, Side.BELOW);
    }

    public static Target atMost(double bound) {
        return new Target(bound, Side.AT_MOST);
    }

    public boolean isMetBy(double value) {
        return switch (side) {
            case AT_LEAST -> value >= bound;
            case BELOW -> value < bound;
            case AT_MOST -> value <= bound;
        };
    }
}

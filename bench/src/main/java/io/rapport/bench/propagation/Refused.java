package io.rapport.bench.propagation;

import java.util.Map;
import java.util.TreeMap;

/**
 * Purchases that were not recorded, by the status that they were answered with. Whether one without
 * an answer was recorded is not known.
 */
final class Refused {
    private final Map<String, Long> byWhy = new TreeMap<>();

    void count(String why) {
        byWhy.merge(why, 1L, Long::sum);
    }

    Map<String, Long> byWhy() {
        return byWhy;
    }

    @Override
    public String toString() {
        return "not recorded: " + (byWhy.isEmpty() ? "none" : byWhy);
    }
}

package io.rapport.faults.fault;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How often which process was killed and which exact moment was met, in all. For one thread. */
public final class Toll {
    private final Map<String, Integer> kills = new TreeMap<>();
    private final Map<String, Integer> moments = new TreeMap<>();

    void killed(String process) {
        kills.merge(process, 1, Integer::sum);
    }

    void met(String moment) {
        moments.merge(moment, 1, Integer::sum);
    }

    /** SIGKILLs by process. */
    public String kills() {
        return told(kills);
    }

    /** Exact moments by fault and service. */
    public String moments() {
        return told(moments);
    }

    private static String told(Map<String, Integer> counts) {
        int all = counts.values().stream().mapToInt(Integer::intValue).sum();
        return counts.isEmpty()
                ? "none"
                : all
                        + counts.entrySet().stream()
                                .map(count -> count.getValue() + " × " + count.getKey())
                                .collect(Collectors.joining(", ", " (", ")"));
    }
}

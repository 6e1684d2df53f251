package io.rapport.faults.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** Counts what the load was answered. Thread-safe. */
public final class Tally {
    private final LongAdder acknowledged = new LongAdder();
    private final Map<String, LongAdder> again = new ConcurrentHashMap<>();
    private final Queue<String> unclear = new ConcurrentLinkedQueue<>();

    void acknowledged() {
        acknowledged.increment();
    }

    void again(String why) {
        again.computeIfAbsent(why, key -> new LongAdder()).increment();
    }

    /** What was said in a way that nobody can make sense of, and is a bug of ours. */
    void unclear(String why) {
        unclear.add(why);
    }

    /** What was unclear since the last call. */
    public List<String> unclearAndForget() {
        List<String> all = new ArrayList<>();
        for (String why = unclear.poll(); why != null; why = unclear.poll()) {
            all.add(why);
        }
        return all;
    }

    /** What was counted since the last call, as a text. */
    public String sumAndForget() {
        Map<String, Long> reasons = new TreeMap<>();
        again.forEach((why, count) -> reasons.put(why, count.sumThenReset()));
        reasons.values().removeIf(count -> count == 0);
        long repeated = reasons.values().stream().mapToLong(Long::longValue).sum();
        String why =
                reasons.entrySet().stream()
                        .map(reason -> reason.getValue() + " × " + reason.getKey())
                        .collect(Collectors.joining(", "));
        return "%d acknowledged, %d sent again%s"
                .formatted(
                        acknowledged.sumThenReset(),
                        repeated,
                        why.isEmpty() ? "" : " (" + why + ")");
    }
}

package io.rapport.faults.load;

import io.rapport.faults.audit.Finding;
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
    private final Queue<Finding> unclear = new ConcurrentLinkedQueue<>();

    void acknowledged() {
        acknowledged.increment();
    }

    void again(String why) {
        again.computeIfAbsent(why, key -> new LongAdder()).increment();
    }

    /** What was said in a way that nobody can make sense of, and is a bug of ours. */
    void unclear(String why) {
        unclear.add(new Finding("A2", "unclear: " + why));
    }

    /** What was unclear since the last call. */
    public List<Finding> unclearAndForget() {
        List<Finding> all = new ArrayList<>();
        for (Finding one = unclear.poll(); one != null; one = unclear.poll()) {
            all.add(one);
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

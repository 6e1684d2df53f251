package io.rapport.bench.measure;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** The CPU time of several processes by name, as differences between two looks. */
public final class CpuMeter {
    private final Map<String, CpuTime> users = new LinkedHashMap<>();

    /** Adds one, and answers this meter. */
    public CpuMeter with(String name, CpuTime time) {
        users.put(name, time);
        return this;
    }

    /** Microseconds by name up to now; names whose time is unknown are missing. */
    public Map<String, Long> look() {
        Map<String, Long> micros = new LinkedHashMap<>();
        users.forEach(
                (name, time) -> {
                    OptionalLong now = time.micros();
                    if (now.isPresent()) {
                        micros.put(name, now.getAsLong());
                    }
                });
        return micros;
    }

    /** Microseconds by name since an earlier look, for each of so many operations. */
    public Map<String, Double> since(Map<String, Long> earlier, long operations) {
        Map<String, Double> each = new LinkedHashMap<>();
        look().forEach(
                        (name, now) -> {
                            Long then = earlier.get(name);
                            if (then != null && operations > 0) {
                                each.put(name, (double) (now - then) / operations);
                            }
                        });
        return each;
    }
}

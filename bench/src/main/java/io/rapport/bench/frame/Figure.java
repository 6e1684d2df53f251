package io.rapport.bench.frame;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * One measured value. Where it has a limit, the target is one of their ratio, otherwise one of the
 * value. {@code beside} are lines that a reader needs to judge it, {@code details} the same and
 * more for programs.
 */
public record Figure(
        String name,
        double value,
        Unit unit,
        @Nullable Double limit,
        @Nullable Target target,
        List<String> beside,
        Map<String, Object> details) {

    public static Figure of(String name, double value, Unit unit) {
        return new Figure(name, value, unit, null, null, List.of(), Map.of());
    }

    /** With what it is measured against in the same run: a raw limit, or a value before. */
    public Figure against(double measuredLimit) {
        return new Figure(name, value, unit, measuredLimit, target, beside, details);
    }

    public Figure aimingAt(Target aim) {
        return new Figure(name, value, unit, limit, aim, beside, details);
    }

    /** Adds a line to what stands beside the figure. */
    public Figure beside(String line) {
        List<String> lines = new ArrayList<>(beside);
        lines.add(line);
        return new Figure(name, value, unit, limit, target, lines, details);
    }

    public Figure detail(String key, Object what) {
        Map<String, Object> more = new LinkedHashMap<>(details);
        more.put(key, what);
        return new Figure(name, value, unit, limit, target, beside, more);
    }

    /** The value as a share of the limit; empty without a limit. */
    public OptionalDouble ratio() {
        return limit == null ? OptionalDouble.empty() : OptionalDouble.of(value / limit);
    }

    /** Whether the target is reached; empty without a target. */
    public Optional<Boolean> met() {
        return Optional.ofNullable(target).map(aim -> aim.isMetBy(ratio().orElse(value)));
    }
}

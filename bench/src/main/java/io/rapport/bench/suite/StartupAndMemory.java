package io.rapport.bench.suite;

import io.rapport.bench.frame.Benchmark;
import io.rapport.bench.frame.Figure;
import io.rapport.bench.frame.Lab;
import io.rapport.bench.frame.Target;
import io.rapport.bench.frame.Unit;
import io.rapport.local.demo.LoadOptions;
import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.ResidentMemory;
import io.rapport.local.stack.ServiceName;
import io.rapport.local.stack.Stack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How long the stack takes from built jars to ready, without any data and again with it, and how
 * much memory each service holds: left alone, and after the bundled extract was loaded.
 */
public final class StartupAndMemory implements Benchmark {
    private static final double UP_SECONDS = 25;
    private static final double RESIDENT_MEBIBYTES = 300;

    @Override
    public String name() {
        return "startup-and-memory";
    }

    @Override
    public String summary() {
        return "from built jars to all ready, and the resident memory of each service";
    }

    @Override
    public List<Figure> measure(Lab lab) {
        List<Figure> figures = new ArrayList<>();
        long begun = System.nanoTime();
        try (Stack stack = lab.emptyStack()) {
            stack.start();
            figures.add(up("up, without data", begun));
            lab.say("leaving the stack alone for %d s", lab.pace().settled().toSeconds());
            settle(lab.pace().settled());
            Map<ServiceName, OptionalLong> idle = resident(stack);
            new DemoRun(lab, stack).load(null, LoadOptions.USUAL);
            settle(lab.pace().settled());
            resident(stack).forEach((service, after) -> add(figures, service, idle, after));
            // As ./rapport up does beside all else.
            stack.archiveClasses();
        }
        long again = System.nanoTime();
        try (Stack stack = lab.stackAgain()) {
            stack.start();
            figures.add(1, up("up, with data", again));
        }
        return figures;
    }

    private static Figure up(String name, long begun) {
        return Figure.of(name, (System.nanoTime() - begun) / 1e9, Unit.SECONDS)
                .aimingAt(Target.below(UP_SECONDS));
    }

    private static Map<ServiceName, OptionalLong> resident(Stack stack) {
        Map<ServiceName, OptionalLong> resident = new EnumMap<>(ServiceName.class);
        for (ServiceName service : ServiceName.values()) {
            resident.put(service, ResidentMemory.kibibytes(stack.service(service).pid()));
        }
        return resident;
    }

    /** Adds nothing on a system that does not tell. */
    private static void add(
            List<Figure> figures,
            ServiceName service,
            Map<ServiceName, OptionalLong> idle,
            OptionalLong after) {
        OptionalLong before = idle.getOrDefault(service, OptionalLong.empty());
        if (before.isEmpty() || after.isEmpty()) {
            return;
        }
        double idleMebibytes = before.getAsLong() / 1024.0;
        figures.add(
                Figure.of(
                                service.label() + ", resident after the demo",
                                after.getAsLong() / 1024.0,
                                Unit.MEBIBYTES)
                        .aimingAt(Target.below(RESIDENT_MEBIBYTES))
                        .beside("idle before it: " + Unit.MEBIBYTES.text(idleMebibytes))
                        .detail("idle", idleMebibytes));
    }

    private static void settle(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotGoOn("Interrupted.", e);
        }
    }
}

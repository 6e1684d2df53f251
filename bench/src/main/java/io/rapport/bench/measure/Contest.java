package io.rapport.bench.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Lets a subject and its limit do the same in turns, the limit first, after both were warmed: what
 * disturbs the machine for a while disturbs both.
 */
public final class Contest {
    private final Side subject;
    private final Side limit;
    private final CpuMeter cpu;

    public Contest(Side subject, Side limit, CpuMeter cpu) {
        this.subject = subject;
        this.limit = limit;
        this.cpu = cpu;
    }

    /** Each side is warmed for {@code warm}, then has {@code turns} turns. */
    public Outcome run(Duration warm, Duration turn, int turns) {
        limit.run(warm);
        subject.run(warm);
        List<Turn> limits = new ArrayList<>();
        List<Turn> subjects = new ArrayList<>();
        for (int i = 0; i < turns; i++) {
            limits.add(turn(limit, turn));
            subjects.add(turn(subject, turn));
        }
        return new Outcome(subjects, limits);
    }

    private Turn turn(Side side, Duration time) {
        Map<String, Long> before = cpu.look();
        Load load = side.run(time);
        return new Turn(load, cpu.since(before, load.operations()));
    }
}

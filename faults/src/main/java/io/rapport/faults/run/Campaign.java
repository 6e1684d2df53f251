package io.rapport.faults.run;

import com.google.errorprone.annotations.FormatMethod;
import io.rapport.faults.audit.Finding;
import io.rapport.faults.fault.Fault;
import io.rapport.faults.fault.Scene;
import io.rapport.faults.fault.SmallDisk;
import io.rapport.faults.fault.Toll;
import io.rapport.faults.load.Caller;
import io.rapport.faults.load.Doors;
import io.rapport.faults.load.Load;
import io.rapport.faults.load.Tally;
import io.rapport.faults.topic.TopicReader;
import io.rapport.faults.wire.Wires;
import io.rapport.local.stack.LocalFolder;
import io.rapport.local.stack.LocalPorts;
import io.rapport.local.stack.LocalToken;
import io.rapport.local.stack.Stack;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Rounds on one stack of their own, whose data begins empty and goes on from round to round. Ends
 * with the first round that is not clean, and leaves no process however it ends.
 */
public final class Campaign {
    private static final int FINDINGS_SHOWN = 20;
    private static final Duration USUAL = Duration.ofMillis(10);

    /** In a short round most goes on while processes start, for which the load leaves the cores. */
    private static final Duration EASY = Duration.ofMillis(100);

    /** Most of a short round would be the wait for the lease and the session of who was killed. */
    private static final Map<String, String> SHORT_LEASES =
            Map.of(
                    "RAPPORT_RELAY_LEASE", "PT5S",
                    "RAPPORT_RELAY_BROKER_TIMEOUT", "PT3S",
                    "RAPPORT_CONSUMER_SESSION", "PT6S");

    private final LocalFolder folder;
    private final long seed;
    private final boolean brief;
    private final PrintStream out;
    private volatile boolean stopping;

    public Campaign(LocalFolder suite, long seed, boolean brief, PrintStream out) {
        this.folder = new LocalFolder(suite.root(), suite.data().resolve("faults-stack"));
        this.seed = seed;
        this.brief = brief;
        this.out = out;
    }

    /** Whether every round was clean. */
    public boolean run(List<Fault> rounds) {
        SmallDisk.unmountAllBelow(folder.data());
        try (Stack stack = Stack.prepare(folder, LocalPorts.free().withWires(), true)) {
            // They end with the program: the services need them to stop in order.
            Wires wires = Wires.between(stack.ports());
            Tally tally = new Tally();
            Doors doors = new Doors(service -> stack.service(service).url());
            String token =
                    stack.token(
                            new LocalToken(Set.of("agent", "admin"), "local-faults", List.of()));
            Caller caller = new Caller(doors, token, tally, new Random(seed));
            Load load = new Load(seed, brief ? EASY : USUAL, caller, tally);
            TopicReader reader = TopicReader.of(stack.ports().bootstrapServers());
            Scene scene =
                    new Scene(stack, wires, load, caller, doors, new Random(seed), brief, reader);
            stopWithTheProgram(scene);
            if (brief) {
                stack.allProcesses().forEach(service -> service.surroundWith(SHORT_LEASES));
            }
            say("Seed %d; topics are read with %s. Starting …", seed, reader.name());
            stack.start();
            // Services are started again and again from here on.
            stack.archiveClasses();
            boolean clean = all(rounds, scene, load, new Auditor(scene, load, caller));
            if (!stopping) {
                Toll toll = scene.toll();
                say("SIGKILLs: %s. Exact moments: %s.", toll.kills(), toll.moments());
            }
            return clean;
        }
    }

    /** What is frozen would not hear that it is to end. */
    private void stopWithTheProgram(Scene scene) {
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    stopping = true;
                                    scene.letGo();
                                    scene.stack().close();
                                    SmallDisk.unmountAllBelow(folder.data());
                                },
                                "stop"));
    }

    private boolean all(List<Fault> rounds, Scene scene, Load load, Auditor auditor) {
        int number = 0;
        int skipped = 0;
        for (Fault fault : rounds) {
            number++;
            Round round = Round.run(fault, scene, load, auditor);
            if (stopping) {
                // What is found while everything ends says nothing.
                return false;
            }
            say(
                    "%3d  %-26s %s%n     %s, %s, %s",
                    number,
                    fault.name(),
                    round.outcome(),
                    round.seen(),
                    round.answers(),
                    round.times());
            skipped += round.skipped() ? 1 : 0;
            if (!round.clean()) {
                tell(round.findings());
                return false;
            }
        }
        say(
                "%d rounds%s, all clean: nothing lost, nothing twice. Seed %d",
                number, skipped == 0 ? "" : ", " + skipped + " of them skipped", seed);
        return true;
    }

    private void tell(List<Finding> findings) {
        findings.stream().limit(FINDINGS_SHOWN).forEach(finding -> out.println("     " + finding));
        if (findings.size() > FINDINGS_SHOWN) {
            say("     … and %d more", findings.size() - FINDINGS_SHOWN);
        }
        say(
                "Seed %d. Databases, topics and logs are kept in %s until the next run.",
                seed, folder.shown(folder.data()));
    }

    @FormatMethod
    private void say(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}

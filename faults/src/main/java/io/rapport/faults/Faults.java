package io.rapport.faults;

import io.rapport.faults.fault.Fault;
import io.rapport.faults.run.Campaign;
import io.rapport.local.Entrance;
import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.LocalFolder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Entrance of {@code ./rapport faults}. Exit code 1: an audit has found something. */
@Command(
        name = "faults",
        mixinStandardHelpOptions = true,
        description = "Breaks a suite of its own under load, and audits it after each fault.")
public final class Faults implements Callable<Integer> {
    private static final int USUAL_ROUNDS = 50;
    private static final int MOST_ROUNDS = 10_000;

    @Parameters(
            paramLabel = "NAME",
            arity = "0..*",
            description =
                    "Only these faults (default: all, those of one service for each, or for one with"
                            + " --once). --list tells them.")
    private final List<String> names = new ArrayList<>();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "How many rounds, each with one fault (default: 50).")
    private @Nullable Integer rounds;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Chooses load, order and times as in the run that printed it.")
    private @Nullable Long seed;

    @Option(names = "--once", description = "Each fault once, short.")
    private boolean once;

    @Option(
            names = "--list",
            description = "Tell the faults (with --once: those that it does), and do nothing.")
    private boolean list;

    private Faults() {}

    /** Runs and ends the JVM. */
    public static void main(String[] arguments) {
        Entrance.run(new CommandLine(new Faults()), arguments);
    }

    @Override
    public Integer call() {
        List<Fault> chosen = Entrance.chosen("fault", Fault.all(), Fault::name, names);
        if (names.isEmpty() && (once || !list)) {
            chosen = chosen.stream().filter(fault -> fault.in(once)).toList();
        }
        if (list) {
            chosen.forEach(fault -> System.out.printf("%-44s %s%n", fault.name(), fault.summary()));
            return 0;
        }
        long from = seed == null ? ThreadLocalRandom.current().nextInt(1_000_000) : seed;
        List<Fault> order = once ? chosen : inRounds(chosen, from);
        return new Campaign(LocalFolder.current(), from, once, System.out).run(order) ? 0 : 1;
    }

    /** All in a random order, and again in another, until there are enough. */
    private List<Fault> inRounds(List<Fault> chosen, long from) {
        int wanted = rounds == null ? USUAL_ROUNDS : rounds;
        if (wanted < 1 || wanted > MOST_ROUNDS) {
            throw new CannotGoOn("--rounds is a number from 1 to " + MOST_ROUNDS + ".");
        }
        Random random = new Random(from);
        List<Fault> order = new ArrayList<>();
        while (order.size() < wanted) {
            List<Fault> next = new ArrayList<>(chosen);
            Collections.shuffle(next, random);
            order.addAll(next);
        }
        return order.subList(0, wanted);
    }
}

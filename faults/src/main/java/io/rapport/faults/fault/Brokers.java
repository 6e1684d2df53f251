package io.rapport.faults.fault;

import io.rapport.faults.audit.Outage;
import io.rapport.faults.load.Load.Bystander;
import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.KafkaBroker;
import io.rapport.local.stack.ResidentMemory;
import io.rapport.local.stack.ServiceName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Kafka gone, Kafka that takes connections and says nothing, and a network that swallows what is
 * sent to it. The services must take writes, answer reads and be ready meanwhile.
 */
final class Brokers {
    static final String SERVED = "writes taken, reads answered, all ready";

    private static final Duration MINUTES = Duration.ofMinutes(3);
    private static final Duration BETWEEN_WRITES = Duration.ofMillis(200);

    private Brokers() {}

    static List<Fault> faults() {
        return List.of(
                new Fault("kill-kafka", "SIGKILL of Kafka, away for seconds", Brokers::kill),
                new Fault(
                        "restart-kafka",
                        "Kafka stopped in order, away for seconds, and started",
                        Brokers::restart),
                new Fault("freeze-kafka", "Kafka frozen for seconds", Brokers::freeze),
                new Fault(
                        "black-hole-kafka",
                        "nothing arrives between services and Kafka for seconds; connections stay open",
                        Brokers::blackHole),
                new Fault(
                        "kafka-away-for-minutes",
                        "SIGKILL of Kafka, away for 3 minutes; not with --once unless it is named",
                        Fault.Unnamed.ONLY_ROUNDS,
                        Brokers::awayForMinutes));
    }

    private static String kill(Scene scene) {
        KafkaBroker kafka = scene.stack().kafka();
        return without(
                scene, 2, 20, "away", () -> scene.kill(kafka), () -> scene.startAgain(kafka));
    }

    private static String restart(Scene scene) {
        KafkaBroker kafka = scene.stack().kafka();
        return without(scene, 1, 15, "away", kafka::stop, () -> scene.startAgain(kafka));
    }

    private static String freeze(Scene scene) {
        KafkaBroker kafka = scene.stack().kafka();
        return without(scene, 4, 25, "still", () -> scene.freeze(kafka), () -> scene.thaw(kafka));
    }

    private static String blackHole(Scene scene) {
        return without(
                scene,
                8,
                45,
                "unreachable",
                scene.wires().broker()::silence,
                scene.wires().broker()::pass);
    }

    /** Takes Kafka away, and requires of the services that they go on without. */
    private static String without(
            Scene scene, double least, double most, String how, Runnable take, Runnable give) {
        Bystander bystander = scene.bystander();
        Duration time = scene.seconds(least, most);
        try {
            take.run();
            scene.pause(time.dividedBy(2));
            requireService(scene, bystander);
            scene.pause(time.dividedBy(2));
        } finally {
            give.run();
        }
        return how + " for " + time.toSeconds() + " s, " + SERVED;
    }

    /** Writes and reads need no broker, and who takes them is ready. */
    static void requireService(Scene scene, Bystander bystander) {
        if (!bystander.tellOnce()) {
            throw new CannotGoOn("Without Kafka a service did not take a write.");
        }
        bystander.read();
        scene.requireReady();
    }

    /** Whatever waits must do so in the database, and not in the memory of a service. */
    private static String awayForMinutes(Scene scene) {
        KafkaBroker kafka = scene.stack().kafka();
        Bystander bystander = scene.bystander();
        Map<String, Long> before = resident(scene);
        Map<String, Long> end;
        int served = 0;
        scene.kill(kafka);
        try {
            long until = System.nanoTime() + MINUTES.toNanos();
            while (System.nanoTime() < until) {
                requireService(scene, bystander);
                served++;
                scene.pause(BETWEEN_WRITES);
            }
            end = resident(scene);
        } finally {
            scene.startAgain(kafka);
        }
        scene.find(Outage.memory(before, end));
        return "away for %d s, %d × %s, MiB resident %s and then %s"
                .formatted(MINUTES.toSeconds(), served, SERVED, before, end);
    }

    /** In MiB, of those that can be looked at. */
    private static Map<String, Long> resident(Scene scene) {
        Map<String, Long> resident = new TreeMap<>();
        for (ServiceName service : ServiceName.values()) {
            ResidentMemory.kibibytes(scene.stack().service(service).pid())
                    .ifPresent(kibibytes -> resident.put(service.label(), kibibytes / 1024));
        }
        return resident;
    }
}

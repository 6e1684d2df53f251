package io.rapport.faults.fault;

import io.rapport.faults.load.Load.Bystander;
import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.KafkaBroker;
import java.time.Duration;
import java.util.List;

/**
 * Kafka gone, Kafka that takes connections and says nothing, and a network that swallows what is
 * sent to it. The services must take writes and answer reads meanwhile.
 */
final class Brokers {
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
                        Brokers::blackHole));
    }

    private static String kill(Scene scene) {
        KafkaBroker kafka = scene.stack().kafka();
        return without(scene, 2, 20, "away", kafka::kill, () -> scene.startAgain(kafka));
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
            requireService(bystander);
            scene.pause(time.dividedBy(2));
        } finally {
            give.run();
        }
        return how + " for " + time.toSeconds() + " s, writes taken and reads answered";
    }

    /** Writes and reads need no broker. */
    static void requireService(Bystander bystander) {
        if (!bystander.tellOnce()) {
            throw new CannotGoOn("Without Kafka a service did not take a write.");
        }
        bystander.read();
    }
}

package io.rapport.faults.fault;

import io.rapport.local.stack.KafkaBroker;
import java.time.Duration;
import java.util.List;

/** Kafka gone, and Kafka that takes connections and says nothing. */
final class Brokers {
    private Brokers() {}

    static List<Fault> faults() {
        return List.of(
                new Fault("kill-kafka", "SIGKILL of Kafka, away for seconds", Brokers::kill),
                new Fault("freeze-kafka", "Kafka frozen for seconds", Brokers::freeze));
    }

    private static String kill(Scene scene) {
        KafkaBroker kafka = scene.stack().kafka();
        Duration away = scene.seconds(2, 20);
        kafka.kill();
        scene.pause(away);
        scene.startAgain(kafka);
        return "away for " + away.toSeconds() + " s";
    }

    private static String freeze(Scene scene) {
        KafkaBroker kafka = scene.stack().kafka();
        Duration still = scene.seconds(4, 25);
        try {
            scene.freeze(kafka);
            scene.pause(still);
        } finally {
            scene.thaw(kafka);
        }
        return "still for " + still.toSeconds() + " s";
    }
}

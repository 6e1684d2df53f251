package io.rapport.faults.fault;

import io.rapport.faults.load.Load.Bystander;
import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.KafkaBroker;
import io.rapport.local.stack.PostgresServer;
import java.time.Duration;
import java.util.List;

/** A full disk below the database and below the broker. */
final class Disks {
    private static final Duration NOTICED = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(200);

    private Disks() {}

    static List<Fault> faults() {
        return List.of(
                new Fault(
                        "full-disk-postgresql",
                        "no room for PostgreSQL's data for seconds (needs root, to mount)",
                        Disks::belowPostgres),
                new Fault(
                        "full-disk-kafka",
                        "no room for Kafka's data, which ends it, for seconds (needs root, to mount)",
                        Disks::belowKafka));
    }

    /** Writes must be refused, reads go on, and both once there is room, without anybody's help. */
    private static String belowPostgres(Scene scene) {
        PostgresServer postgres = scene.stack().postgres();
        Bystander bystander = scene.bystander();
        Recovery recovery = Recovery.of(scene);
        try (SmallDisk disk = SmallDisk.below(postgres, postgres.data(), scene)) {
            // A session that is the first in its database has to write, and begins on a full disk
            // not at all.
            scene.await("A write that is taken", NOTICED, bystander::tellOnce);
            scene.await("A read that every service answers", NOTICED, () -> answered(bystander));
            disk.fill();
            scene.await("A write that is refused", NOTICED, () -> !bystander.tellOnce());
            int reads = readsDuring(scene.seconds(2, 20), scene, bystander);
            disk.makeRoom();
            boolean fell = !postgres.alive();
            if (fell) {
                scene.startAgain(postgres);
            }
            return "%d reads answered while it was full, PostgreSQL %s, %s"
                    .formatted(
                            reads,
                            fell ? "ended and was started" : "went on by itself",
                            recovery.measure());
        }
    }

    private static int readsDuring(Duration time, Scene scene, Bystander bystander) {
        long end = System.nanoTime() + time.toNanos();
        int answered = 0;
        CannotGoOn refusal = new CannotGoOn("Nothing was read.");
        while (System.nanoTime() < end) {
            try {
                bystander.read();
                answered++;
            } catch (CannotGoOn e) {
                refusal = e;
            }
            scene.pause(LOOK);
        }
        if (answered == 0) {
            throw refusal;
        }
        return answered;
    }

    private static boolean answered(Bystander bystander) {
        try {
            bystander.read();
            return true;
        } catch (CannotGoOn e) {
            return false;
        }
    }

    /** The broker ends itself, and has to be started when there is room: that is Kafka's way. */
    private static String belowKafka(Scene scene) {
        KafkaBroker kafka = scene.stack().kafka();
        Bystander bystander = scene.bystander();
        Duration away = scene.seconds(1, 15);
        try (SmallDisk disk = SmallDisk.below(kafka, kafka.data(), scene)) {
            disk.fill();
            scene.await("The end of Kafka", NOTICED, () -> !kafka.alive());
            scene.pause(away);
            Brokers.requireService(scene, bystander);
        }
        return "Kafka ended, away for %d s, %s".formatted(away.toSeconds(), Brokers.SERVED);
    }
}

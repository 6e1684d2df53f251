package io.rapport.faults.fault;

import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.ServiceName;
import io.rapport.local.stack.ServiceProcess;
import java.time.Duration;
import java.util.List;

/** A second process of a service, which joins, takes over and leaves. */
final class Replicas {
    /** Three times the lease of a relay, after which another may hold it. */
    private static final Duration TAKE_OVER = Duration.ofSeconds(30);

    private static final Duration LOOK = Duration.ofMillis(200);

    /** So that the relay and the consumers that were frozen find out what has changed. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(3);

    private Replicas() {}

    static List<Fault> faults() {
        return List.of(
                new Fault(
                        "replica-joins-and-leaves",
                        "a second process joins, the first is restarted in order, the second leaves",
                        Replicas::joinAndLeave),
                new Fault(
                        "freeze-relay",
                        "the process with the active relay frozen until another has taken over, then"
                                + " continued",
                        Replicas::freezeRelay));
    }

    private static String joinAndLeave(Scene scene) {
        ServiceName service = scene.anyService();
        ServiceProcess first = scene.stack().service(service);
        ServiceProcess second = join(scene, service);
        boolean killed = !scene.brief() && scene.random().nextBoolean();
        try {
            scene.pause(scene.seconds(1, 5));
            scene.doors().close(service, first.url());
            first.stop();
            scene.startAgain(first);
            scene.doors().open(service, first.url());
            scene.pause(scene.seconds(1, 5));
        } finally {
            if (killed) {
                second.kill();
            }
            leave(scene, service);
        }
        return service.label() + (killed ? ", the second one killed" : "");
    }

    private static String freezeRelay(Scene scene) {
        ServiceName service = scene.anyService();
        ServiceProcess first = scene.stack().service(service);
        join(scene, service);
        try {
            long epoch = epoch(scene, service);
            long began = System.nanoTime();
            try {
                scene.freeze(first);
                // As whoever spreads the calls finds out soon; those under way stay where they are.
                scene.doors().close(service, first.url());
                awaitTakeOver(scene, service, epoch);
                scene.pause(scene.seconds(1, 10));
            } finally {
                scene.thaw(first);
                scene.doors().open(service, first.url());
            }
            Duration still = Duration.ofNanos(System.nanoTime() - began);
            scene.pause(AFTERWARDS);
            return "%s still for %d s, relay taken over"
                    .formatted(service.label(), still.toSeconds());
        } finally {
            leave(scene, service);
        }
    }

    private static ServiceProcess join(Scene scene, ServiceName service) {
        ServiceProcess second = scene.stack().replica(service);
        second.start();
        second.awaitReady();
        scene.doors().open(service, second.url());
        return second;
    }

    private static void leave(Scene scene, ServiceName service) {
        ServiceProcess second = scene.stack().replica(service);
        scene.doors().close(service, second.url());
        second.stop();
    }

    private static void awaitTakeOver(Scene scene, ServiceName service, long before) {
        long deadline = System.nanoTime() + TAKE_OVER.toNanos();
        while (epoch(scene, service) == before) {
            if (System.nanoTime() > deadline) {
                throw new CannotGoOn(
                        "Nobody took over the relay of %s in %d s."
                                .formatted(service.label(), TAKE_OVER.toSeconds()));
            }
            scene.pause(LOOK);
        }
    }

    private static long epoch(Scene scene, ServiceName service) {
        return scene.tables().number(service, "SELECT epoch FROM relay_lease");
    }
}

package io.rapport.faults.fault;

import io.rapport.faults.topic.Groups;
import io.rapport.local.stack.ServiceName;
import io.rapport.local.stack.ServiceProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Two and three processes of a service, which join, take over and leave. */
final class Replicas {
    /** Three times the lease of a relay and the session of a consumer. */
    private static final Duration TAKE_OVER = Duration.ofSeconds(30);

    /** So that the relay and the consumers that were frozen find out what has changed. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(3);

    private Replicas() {}

    static List<Fault> faults() {
        return Stream.of(
                        Fault.ofEachService(
                                "replicas-join-and-leave",
                                "a second and a third process join, and one after the other leaves"
                                        + " and comes back",
                                Replicas::joinAndLeave,
                                ServiceName.values()),
                        Fault.ofEachService(
                                "freeze-replica",
                                "the process with the active relay frozen until another has its"
                                        + " relay and its partitions, then continued",
                                Replicas::freeze,
                                ServiceName.values()),
                        Stream.of(
                                new Fault(
                                        "wrong-clock",
                                        "a second process with a clock an hour off (needs"
                                                + " libfaketime) is alone for a while",
                                        Replicas::wrongClock)))
                .flatMap(Function.identity())
                .toList();
    }

    private static String joinAndLeave(Scene scene, ServiceName service) {
        int count = scene.brief() ? 3 : 2 + scene.random().nextInt(2);
        List<ServiceProcess> all = new ArrayList<>();
        all.add(scene.stack().service(service));
        all.addAll(scene.stack().replicas(service).subList(0, count - 1));
        List<ServiceProcess> joining = all.subList(1, count);
        int times = scene.brief() ? 1 : count + scene.random().nextInt(3);
        int killed = 0;
        try {
            joining.forEach(ServiceProcess::start);
            joining.forEach(second -> join(scene, second));
            for (int i = 0; i < times; i++) {
                scene.watch(scene.seconds(0.5, 4));
                ServiceProcess leaving = all.get(i % count);
                boolean suddenly = scene.random().nextBoolean();
                killed += suddenly ? 1 : 0;
                leave(scene, leaving, suddenly);
                scene.watch(scene.seconds(0.5, 3));
                join(scene, leaving);
            }
            scene.watch(scene.seconds(0.5, 4));
        } finally {
            joining.forEach(second -> leave(scene, second, false));
        }
        return "%d processes of %s, %d left and came back, %d of them killed"
                .formatted(count, service.label(), times, killed);
    }

    private static String freeze(Scene scene, ServiceName service) {
        ServiceProcess first = scene.stack().service(service);
        ServiceProcess second = scene.stack().replicas(service).getFirst();
        join(scene, second);
        try (Groups groups = new Groups(scene.stack().ports().bootstrapServers())) {
            long epoch = epoch(scene, service);
            long began = System.nanoTime();
            try {
                scene.freeze(first);
                // As whoever spreads the calls finds out soon; those under way stay where they are.
                scene.doors().close(service, first.url());
                scene.await(
                        "Another relay of " + service.label(),
                        TAKE_OVER,
                        () -> epoch(scene, service) > epoch);
                scene.await(
                        "A group of " + service.label() + " without the frozen one",
                        TAKE_OVER,
                        () -> isAlone(scene, service, groups));
                scene.watch(scene.seconds(1, 10));
            } finally {
                scene.thaw(first);
                scene.doors().open(service, first.url());
            }
            Duration still = Duration.ofNanos(System.nanoTime() - began);
            scene.watch(AFTERWARDS);
            return "%s still for %d s, relay and partitions taken over"
                    .formatted(service.label(), still.toSeconds());
        } finally {
            leave(scene, second, false);
        }
    }

    private static boolean isAlone(Scene scene, ServiceName service, Groups groups) {
        scene.look();
        return scene
                .tables()
                .rows(
                        service,
                        "SELECT DISTINCT consumer FROM consumer_position",
                        row -> row.getString(1))
                .stream()
                .allMatch(consumer -> groups.members(service, consumer) == 1);
    }

    private static String wrongClock(Scene scene) {
        ServiceName service = scene.anyOf(ServiceName.values());
        ServiceProcess first = scene.stack().service(service);
        ServiceProcess second = scene.stack().replicas(service).getFirst();
        WrongClock clock = WrongClock.find(scene.random().nextBoolean());
        Map<String, String> usual = second.surroundings();
        Map<String, String> wrong = new HashMap<>(usual);
        wrong.putAll(clock.variables());
        second.surroundWith(wrong);
        try {
            join(scene, second);
            clock.requireIn(scene.stack().folder().log(second.name()));
            leave(scene, first, false);
            scene.watch(scene.seconds(2, 10));
            join(scene, first);
            scene.watch(scene.seconds(0.5, 5));
        } finally {
            leave(scene, second, false);
            second.surroundWith(usual);
        }
        return "%s, a clock %s".formatted(service.label(), clock.shown());
    }

    private static void join(Scene scene, ServiceProcess process) {
        scene.startAgain(process);
        scene.doors().open(process.service(), process.url());
    }

    private static void leave(Scene scene, ServiceProcess process, boolean suddenly) {
        scene.doors().close(process.service(), process.url());
        if (suddenly) {
            scene.kill(process);
        }
        process.stop();
    }

    private static long epoch(Scene scene, ServiceName service) {
        return scene.tables().number(service, "SELECT epoch FROM relay_lease");
    }
}

package io.rapport.faults.fault;

import io.rapport.local.stack.ServiceName;
import io.rapport.local.stack.ServiceProcess;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** SIGKILL of services in the middle of whatever they do. */
final class Killing {
    private Killing() {}

    static List<Fault> faults() {
        return Stream.concat(
                        Arrays.stream(ServiceName.values()).map(Killing::killing),
                        Stream.of(
                                new Fault(
                                        "kill-all-services",
                                        "SIGKILL of all four services at once",
                                        Killing::killAll)))
                .toList();
    }

    private static Fault killing(ServiceName service) {
        return new Fault(
                "kill-" + service.label(),
                "SIGKILL of " + service.label() + ", once or several times in a row",
                scene -> kill(scene, service));
    }

    private static String kill(Scene scene, ServiceName service) {
        int times = scene.brief() ? 1 : 1 + scene.random().nextInt(3);
        ServiceProcess process = scene.stack().service(service);
        for (int i = 0; i < times; i++) {
            scene.pause(scene.seconds(0.2, 2));
            scene.kill(process);
            scene.pause(scene.seconds(0.2, 3));
            scene.startAgain(process);
        }
        return "killed " + times + " ×";
    }

    private static String killAll(Scene scene) {
        List<ServiceProcess> processes =
                Arrays.stream(ServiceName.values()).map(scene.stack()::service).toList();
        Duration down = scene.seconds(0.5, 5);
        processes.forEach(scene::kill);
        scene.pause(down);
        processes.forEach(ServiceProcess::start);
        processes.forEach(scene::startAgain);
        return "all killed";
    }
}

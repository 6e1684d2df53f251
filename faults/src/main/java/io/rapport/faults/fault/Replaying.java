package io.rapport.faults.fault;

import com.fasterxml.jackson.databind.JsonNode;
import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.ServiceName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * A projection folded anew under load, compared with what is read, and switched to, as
 * docs/operations/replay.md says. The audit then looks at what was replayed.
 */
final class Replaying {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int NEAR = 50;

    private static final Map<ServiceName, String> PROJECTIONS =
            Map.of(
                    ServiceName.CUSTOMER, "/relationships/projections/context",
                    ServiceName.INTERACTION, "/interactions/projections/directory",
                    ServiceName.LOYALTY, "/loyalty/projections/directory",
                    ServiceName.FEEDBACK, "/feedback/projections/directory");

    private final Scene scene;
    private final ServiceName service;
    private final String path;

    private Replaying(Scene scene, ServiceName service) {
        this.scene = scene;
        this.service = service;
        this.path = Objects.requireNonNull(PROJECTIONS.get(service));
    }

    static List<Fault> faults() {
        return List.of(
                new Fault(
                        "replay",
                        "a projection of each service folded anew under load, compared, and read from then on",
                        scene -> {
                            for (ServiceName service : ServiceName.values()) {
                                new Replaying(scene, service).replay();
                            }
                            return "%d projections".formatted(PROJECTIONS.size());
                        }));
    }

    private void replay() {
        int before = projection().path("live").asInt();
        int replayed =
                scene.caller().command("PUT", service, path + "/replay", "").path("beside").asInt();
        await("is near", () -> projection().path("behind").asLong() < NEAR);
        await("has settled every customer", this::settled);
        scene.caller()
                .command("POST", service, path + "/switch", "{\"generation\": " + replayed + "}");
        scene.pause(scene.seconds(0.5, 3));
        await("is equal after the switch", this::settled);
        scene.caller().command("DELETE", service, path + "/generations/" + before, "");
    }

    private JsonNode projection() {
        return scene.caller().get(service, path);
    }

    /** Whether all customers could be compared; a row that differs is never right. */
    private boolean settled() {
        boolean settled = true;
        String after = "";
        while (after != null) {
            JsonNode page = scene.caller().get(service, path + "/differences?limit=100" + after);
            if (!page.path("items").isEmpty()) {
                throw new CannotGoOn(
                        service.label() + ": a replayed row differs: " + page.path("items").get(0));
            }
            settled &= page.path("unsettled").isEmpty();
            after = page.has("next") ? "&after=" + page.path("next").asText() : null;
        }
        return settled;
    }

    private void await(String what, BooleanSupplier seen) {
        scene.await("That a replay in " + service.label() + " " + what, PATIENCE, seen);
    }
}

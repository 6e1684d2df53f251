package io.rapport.faults.fault;

import io.rapport.faults.audit.Outage;
import io.rapport.faults.load.Witness;
import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.ServiceName;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** How soon every service takes a write and answers a read, once its database is back. */
record Recovery(Scene scene, Map<ServiceName, Witness> witnesses) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Before anything is done. */
    static Recovery of(Scene scene) {
        return new Recovery(scene, scene.witnesses());
    }

    /** As soon as the database is back; looks at all services at once, and tells the slowest. */
    String measure() {
        Map<String, Duration> took = new TreeMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<String, CompletableFuture<Duration>> looking = new TreeMap<>();
            witnesses.forEach(
                    (service, witness) ->
                            looking.put(
                                    service.label(),
                                    CompletableFuture.supplyAsync(
                                            () -> witness.until(PATIENCE), threads)));
            looking.forEach((service, time) -> took.put(service, time.join()));
        } catch (CompletionException e) {
            throw e.getCause() instanceof CannotGoOn reason ? reason : e;
        }
        scene.findLate(Outage.recovery(took));
        Map.Entry<String, Duration> slowest =
                took.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
        return String.format(
                Locale.ROOT,
                "all write and read again after %.1f s (%s)",
                slowest.getValue().toMillis() / 1e3,
                slowest.getKey());
    }
}

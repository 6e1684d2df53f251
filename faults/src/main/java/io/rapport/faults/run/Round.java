package io.rapport.faults.run;

import io.rapport.faults.audit.Finding;
import io.rapport.faults.fault.Fault;
import io.rapport.faults.fault.Scene;
import io.rapport.faults.load.Load;
import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.ServiceName;
import io.rapport.local.stack.Stack;
import io.rapport.local.stack.StackPart;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Load, one fault in the middle of it, and the audit when it is over. */
record Round(Fault fault, String seen, String answers, List<Finding> findings, Duration took) {
    private static final Duration LEAD = Duration.ofSeconds(1);

    static Round run(Fault fault, Scene scene, Load load, Auditor auditor) {
        long began = System.nanoTime();
        List<Finding> findings = new ArrayList<>();
        String seen = "";
        load.start();
        try {
            pause();
            seen = fault.act().on(scene);
            pause();
        } catch (CannotGoOn | SQLException e) {
            findings.add(new Finding("fault", fault.name() + " broke off: " + e.getMessage()));
        } finally {
            scene.thawAll();
            load.stop();
        }
        findings.addAll(fallen(scene.stack()));
        findings.addAll(audit(auditor));
        return new Round(
                fault,
                seen,
                load.tally().sumAndForget(),
                List.copyOf(findings),
                Duration.ofNanos(System.nanoTime() - began));
    }

    boolean clean() {
        return findings.isEmpty();
    }

    /** An audit that cannot be made is not a clean one. */
    private static List<Finding> audit(Auditor auditor) {
        try {
            return auditor.run();
        } catch (CannotGoOn e) {
            return List.of(new Finding("audit", String.valueOf(e.getMessage())));
        }
    }

    private static List<Finding> fallen(Stack stack) {
        List<StackPart> parts = new ArrayList<>(List.of(stack.postgres(), stack.kafka()));
        for (ServiceName service : ServiceName.values()) {
            parts.add(stack.service(service));
        }
        return parts.stream()
                .filter(part -> !part.alive())
                .map(part -> new Finding("fault", part.name() + " does not run any more"))
                .toList();
    }

    private static void pause() {
        try {
            Thread.sleep(LEAD);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotGoOn("Interrupted.", e);
        }
    }
}

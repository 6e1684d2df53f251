package io.rapport.faults.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.rapport.faults.audit.Audit;
import io.rapport.faults.audit.Finding;
import io.rapport.faults.audit.Writes;
import io.rapport.faults.fault.Scene;
import io.rapport.faults.load.Caller;
import io.rapport.faults.load.Holdings;
import io.rapport.faults.load.Load;
import io.rapport.faults.topic.Contents;
import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.ServiceName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Waits until nothing waits any more (A6), and then looks at everything else. */
final class Auditor {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(250);

    private final Scene scene;
    private final Load load;
    private final Caller caller;
    private final Audit audit;

    Auditor(Scene scene, Load load, Caller caller) {
        this.scene = scene;
        this.load = load;
        this.caller = caller;
        this.audit = new Audit(scene.tables());
    }

    /** A1 to A7; empty when all of it holds. */
    List<Finding> run() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!audit.isQuiet() && System.nanoTime() < deadline) {
            pause();
        }
        Contents contents = contents();
        List<Finding> lag = audit.lag(contents);
        for (Contents later = contents();
                !(lag.isEmpty() && later.all().size() == contents.all().size());
                later = contents()) {
            contents = later;
            lag = audit.lag(contents);
            if (System.nanoTime() > deadline) {
                break;
            }
            pause();
        }
        List<Finding> findings = new ArrayList<>();
        findings.addAll(audit.balances(contents));
        findings.addAll(ownAudit());
        load.unsettled().forEach(what -> findings.add(new Finding("A2", "unsettled: " + what)));
        findings.addAll(Writes.audit(load.acknowledged(), Holdings.of(caller, load.customers())));
        findings.addAll(audit.rowsAndEvents(contents, scene.lost()));
        findings.addAll(audit.sequences(contents));
        findings.addAll(audit.projections(contents, scene.lost()));
        findings.addAll(lag);
        scene.look();
        findings.addAll(scene.positions().findings());
        findings.addAll(audit.parked(scene.poison()));
        return findings;
    }

    private Contents contents() {
        return new Contents(scene.reader().read(), scene.strangers().written());
    }

    /** What loyalty-service says of itself. */
    private List<Finding> ownAudit() {
        JsonNode report = caller.command("POST", ServiceName.LOYALTY, "/loyalty/audit", "");
        List<Finding> findings = new ArrayList<>();
        report.path("differences")
                .forEach(
                        difference ->
                                findings.add(
                                        new Finding("A1", "loyalty-service says: " + difference)));
        return findings;
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotGoOn("Interrupted.", e);
        }
    }
}

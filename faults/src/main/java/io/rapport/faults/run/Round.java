package io.rapport.faults.run;

import io.rapport.faults.audit.Finding;
import io.rapport.faults.fault.Fault;
import io.rapport.faults.fault.NotHere;
import io.rapport.faults.fault.Scene;
import io.rapport.faults.load.Load;
import io.rapport.local.stack.CannotGoOn;
import io.rapport.local.stack.ServiceName;
import io.rapport.local.stack.Stack;
import io.rapport.local.stack.StackPart;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Load, one fault in the middle of it, and the audit when it is over. */
record Round(
        Fault fault,
        String seen,
        boolean skipped,
        String answers,
        List<Finding> findings,
        String times) {
    static Round run(Fault fault, Scene scene, Load load, Auditor auditor) {
        long began = System.nanoTime();
        List<Finding> findings = new ArrayList<>();
        String seen = "";
        boolean skipped = false;
        long over;
        load.start();
        try {
            scene.lead();
            seen = fault.act().on(scene);
            scene.lead();
        } catch (NotHere e) {
            seen = String.valueOf(e.getMessage());
            skipped = true;
        } catch (CannotGoOn | SQLException e) {
            findings.add(new Finding("fault", fault.name() + " broke off: " + e.getMessage()));
        } finally {
            scene.letGo();
            over = System.nanoTime();
            load.stop();
        }
        long settled = System.nanoTime();
        findings.addAll(load.tally().unclearAndForget());
        findings.addAll(scene.foundAndForget());
        findings.addAll(fallen(scene.stack()));
        findings.addAll(audit(auditor));
        long audited = System.nanoTime();
        return new Round(
                fault,
                seen,
                skipped,
                load.tally().sumAndForget(),
                List.copyOf(findings),
                String.format(
                        Locale.ROOT,
                        "%.1f s (fault %.1f, settling %.1f, audit %.1f)",
                        seconds(audited - began),
                        seconds(over - began),
                        seconds(settled - over),
                        seconds(audited - settled)));
    }

    boolean clean() {
        return findings.isEmpty();
    }

    String outcome() {
        if (!clean()) {
            return "FAILED";
        }
        return skipped ? "SKIPPED on this system" : "A1 to A7 hold";
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
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
}

package io.rapport.customer.erasure;

import io.rapport.customer.CustomerEvent;
import io.rapport.customer.erasure.ErasureCertificate.Confirmation;
import io.rapport.platform.event.Outbox;
import io.rapport.platform.event.Reaction;
import io.rapport.platform.event.ReceivedEvent;
import io.rapport.platform.event.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.UUID;

/**
 * Notes that the other services have erased a customer, each once, and completes the erasure with
 * the last one. The lock of the erasure's row lets one confirmation through at a time, so that one
 * of them is the last. An erasure that is not known here was begun before a restore: it has to be
 * begun again.
 */
@ApplicationScoped
public class Confirming implements Reaction {

    /** What a confirmation says. */
    record CustomerErased(UUID erasure, Instant erasedAt) {}

    private final ErasureRows erasures;
    private final Outbox outbox;
    private final Clock clock;

    Confirming(ErasureRows erasures, Outbox outbox, Clock clock) {
        this.erasures = erasures;
        this.outbox = outbox;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "erasure";
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.INTERACTIONS, Topic.LOYALTY, Topic.FEEDBACK);
    }

    @Override
    public boolean patient() {
        return true;
    }

    @Override
    public void react(ReceivedEvent event) {
        switch (event.type()) {
            case "interaction.customer-erased.v1",
                    "loyalty.customer-erased.v1",
                    "feedback.customer-erased.v1" -> {
                CustomerErased said = event.data(CustomerErased.class);
                confirm(
                        said.erasure(),
                        new Confirmation(
                                event.topic().service(), event.customer(), said.erasedAt()));
            }
            default -> {} // Other events confirm nothing.
        }
    }

    private void confirm(UUID erasure, Confirmation confirmation) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        ErasureRows.Row held = erasures.hold(erasure).orElse(null);
        if (held == null || !erasures.confirm(erasure, confirmation, now)) {
            return;
        }
        int due = held.customers().size() * ErasureReading.SERVICES.size();
        if (erasures.heard(erasure).size() == due) {
            erasures.complete(erasure, now);
            outbox.publishAll(
                    held.customers().stream()
                            .map(
                                    customer ->
                                            new CustomerEvent.Erased(
                                                    customer,
                                                    now,
                                                    erasure,
                                                    held.requestedAt(),
                                                    now))
                            .toList());
        }
    }
}

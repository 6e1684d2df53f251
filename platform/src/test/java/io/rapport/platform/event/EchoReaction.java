package io.rapport.platform.event;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/** Answers each event with one of its own, guarded by the causing event's id. */
@ApplicationScoped
class EchoReaction implements Reaction {

    private final Jdbi jdbi;
    private final Outbox outbox;

    EchoReaction(Jdbi jdbi, Outbox outbox) {
        this.jdbi = jdbi;
        this.outbox = outbox;
    }

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.LOYALTY);
    }

    @Override
    public void react(ReceivedEvent event) {
        jdbi.useHandle(
                handle ->
                        handle.createUpdate("INSERT INTO test_effect VALUES (:cause, :customer)")
                                .bind("cause", event.id())
                                .bind("customer", event.customer())
                                .execute());
        outbox.publish(new TestEvent.Echoed(event.customer(), event.time()));
    }
}

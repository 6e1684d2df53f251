package io.rapport.directory;

import io.rapport.platform.event.Reaction;
import io.rapport.platform.event.ReceivedEvent;
import io.rapport.platform.event.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Begins an erasure when customer-service asks for it. */
@ApplicationScoped
class ErasureRequests implements Reaction {

    private final Erasures erasures;

    ErasureRequests(Erasures erasures) {
        this.erasures = erasures;
    }

    @Override
    public String name() {
        return "erasing";
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.CUSTOMERS);
    }

    @Override
    public boolean patient() {
        return true;
    }

    @Override
    public void react(ReceivedEvent event) {
        if (event.type().equals(Erasures.REQUESTED)) {
            erasures.begin(event);
        }
    }
}

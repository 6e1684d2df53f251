package io.rapport.platform.event;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads each profile and does nothing with it: a consumer of a compacted topic. */
@ApplicationScoped
class ProfileReaction implements Reaction {

    record Profile(@Nullable List<Object> identities) {}

    @Override
    public String name() {
        return "profiles";
    }

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.PROFILES);
    }

    @Override
    public void react(ReceivedEvent event) {
        if (!event.tombstone()) {
            event.data(Profile.class);
        }
    }
}

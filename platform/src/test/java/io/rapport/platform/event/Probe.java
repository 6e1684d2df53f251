package io.rapport.platform.event;

import java.util.Set;
import java.util.function.Consumer;

/** A consumer that does what a test says, on the feedback log, which nobody else here reads. */
record Probe(String name, Consumer<ReceivedEvent> react) implements Reaction {

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.FEEDBACK);
    }

    @Override
    public void react(ReceivedEvent event) {
        react.accept(event);
    }
}

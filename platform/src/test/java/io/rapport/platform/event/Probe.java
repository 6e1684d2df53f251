package io.rapport.platform.event;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A consumer that does what a test says, on the feedback log, which nobody else here reads. */
record Probe(String name, Consumer<List<ReceivedEvent>> fold) implements Projection {

    @Override
    public Set<Topic> topics() {
        return Set.of(Topic.FEEDBACK);
    }

    @Override
    public void fold(List<ReceivedEvent> events) {
        fold.accept(events);
    }
}

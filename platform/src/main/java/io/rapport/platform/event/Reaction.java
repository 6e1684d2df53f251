package io.rapport.platform.event;

/**
 * Does something because of an event, and may publish events of its own that name it as their
 * cause. Never reset and never replayed; a UNIQUE on the causing event's id guards each effect.
 */
public non-sealed interface Reaction extends EventConsumer {

    /**
     * Reacts inside the caller's transaction. Throwing a {@link io.rapport.platform.Refusal} parks
     * the event.
     */
    void react(ReceivedEvent event);
}

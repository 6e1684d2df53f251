package io.rapport.interaction.clock;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a clock waits for: our first reply in a thread, the next one, or that it is solved. */
@Schema(name = "ClockKind")
public enum ClockKind {
    FIRST_REPLY,
    NEXT_REPLY,
    SOLVE;

    boolean isOfReply() {
        return this != SOLVE;
    }
}

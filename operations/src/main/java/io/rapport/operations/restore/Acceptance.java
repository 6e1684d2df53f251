package io.rapport.operations.restore;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What going on without lost events did, or would do. */
@Schema(
        description = "What going on without the lost events did, or would do.",
        requiredProperties = {"events", "customers", "renumbered", "republished"},
        examples = "{\"events\": 412, \"customers\": 87, \"renumbered\": 15, \"republished\": 0}")
public record Acceptance(
        @Schema(description = "Lost events.") long events,
        @Schema(description = "Customers whose counter was raised above the log.") long customers,
        @Schema(description = "Events that wait and got a number above the log.") long renumbered,
        @Schema(description = "Customers whose state is published anew on compacted topics.")
                long republished) {

    static final Acceptance NOTHING = new Acceptance(0, 0, 0, 0);

    Acceptance plus(Acceptance more) {
        return new Acceptance(
                events + more.events,
                customers + more.customers,
                renumbered + more.renumbered,
                republished + more.republished);
    }
}

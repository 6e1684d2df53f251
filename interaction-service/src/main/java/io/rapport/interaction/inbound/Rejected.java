package io.rapport.interaction.inbound;

import io.rapport.platform.event.EventType;
import io.rapport.platform.http.Problem;
import java.time.Instant;

/**
 * What a partner reads of a message that was refused: where it lies and what was wrong with it,
 * never what it said.
 */
@EventType("interaction.rejected.v1")
record Rejected(String topic, int partition, long offset, Problem problem, Instant rejectedAt) {}

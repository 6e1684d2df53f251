package io.rapport.interaction.fact;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The interaction in which something was told or asked: when, by which way, and by whom served. */
record Occasion(
        UUID customer,
        UUID interaction,
        Instant occurredAt,
        String channel,
        @Nullable String team) {}

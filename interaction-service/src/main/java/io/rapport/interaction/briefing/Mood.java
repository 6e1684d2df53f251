package io.rapport.interaction.briefing;

import io.rapport.interaction.Emotion;
import java.time.Instant;
import java.util.SortedMap;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a customer was last seen to feel. */
@Schema(description = "What a customer was last seen to feel, and in which interaction.")
public record Mood(
        UUID interaction,
        Instant occurredAt,
        @Schema(
                        implementation = Object.class,
                        description = "Each emotion with how strong it was, from 1 to 100.",
                        examples = "{\"ANGER\": 70, \"JOY\": 20}")
                SortedMap<Emotion, Integer> emotions) {}

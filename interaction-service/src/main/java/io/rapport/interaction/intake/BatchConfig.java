package io.rapport.interaction.intake;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Positive;
import java.time.Duration;

/** The limits of a batch. What lies beyond is refused before anything is recorded. */
@ConfigMapping(prefix = "rapport.intake.batch")
public interface BatchConfig {

    @Positive
    int maxLines();

    /**
     * Of the whole body; a little below {@code rapport.http.max-body}, which bounds every request.
     */
    @Positive
    int maxBytes();

    /** Batches whose bodies are in memory at the same time. */
    @Positive
    int atOnce();

    /** How long a batch waits until it may be read. */
    Duration patience();

    @Positive
    int linesPerTransaction();
}

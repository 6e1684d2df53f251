package io.rapport.interaction.fact;

import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What somebody wants to ask a customer for, or has asked for, unchecked. */
@Schema(
        description =
                "What somebody wants to ask a customer for, or has asked for in an interaction.",
        requiredProperties = "key",
        examples = {
            "{\"key\": \"household-size\"}",
            "{\"key\": \"household-size\", \"interaction\": \"019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11\"}"
        })
public record Question(
        @NotNull
                @Schema(
                        description = "The fact's key, also a retired one.",
                        examples = "household-size")
                String key,
        @Schema(
                        description =
                                "In which the customer was asked. Without it nobody was asked yet, and nothing is noted.")
                @Nullable UUID interaction) {}

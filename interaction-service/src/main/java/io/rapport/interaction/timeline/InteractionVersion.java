package io.rapport.interaction.timeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.rapport.interaction.Circumstances;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A version of an interaction: what corrections change, and why it came to be. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        description =
                "What an interaction said at one version. What no correction changes is not repeated.",
        requiredProperties = {"interaction", "version", "recordedAt"},
        examples =
                """
                {"interaction": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11", "version": 2,
                 "recordedAt": "2026-11-20T09:30:00Z", "reason": "It was another order.",
                 "subject": "Your order", "reference": {"kind": "ORDER", "value": "536366"}}""")
public record InteractionVersion(
        UUID interaction,
        int version,
        @Schema(description = "When this version was recorded.") Instant recordedAt,
        @Schema(description = "Why it replaced the version before; absent in the first one.")
                @Nullable String reason,
        @Schema(
                        description =
                                "Who replaced the version before: the subject of a token. Absent in exports.")
                @Nullable String actor,
        @Nullable String touchpoint,
        @Nullable String subject,
        @Nullable String text,
        @JsonUnwrapped Circumstances circumstances) {}

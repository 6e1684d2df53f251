package io.rapport.operations.parked;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Why an event is given up: a ticket or a slug, and no text, because it is logged. */
@Schema(description = "Why an event is given up.", examples = "{\"reason\": \"OPS-4711\"}")
public record DiscardReason(
        @Schema(description = "A ticket or a slug; it is logged.")
                @NotNull
                @Pattern(
                        regexp = "^[A-Za-z0-9][A-Za-z0-9._#-]{0,63}$",
                        message = "must have 1 to 64 of A-Z, a-z, 0-9 and ._#-, no sign in front")
                String reason,
        @Schema(
                        description =
                                "Whether somebody else than the topic's service wrote it. Its number then does not"
                                        + " count as applied, for the true event has the same. Absent: false.")
                @Nullable Boolean forged) {}

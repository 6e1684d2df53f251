package io.rapport.interaction.thread;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What staff ask for, unchecked but for what is missing. */
final class ThreadCommands {

    private ThreadCommands() {}

    /** The interaction with which a thread is opened, or which is put into one. */
    @Schema(
            name = "ThreadInteraction",
            requiredProperties = "interaction",
            examples = "{\"interaction\": \"019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11\"}")
    public record Placing(@NotNull UUID interaction) {}

    /** What a thread is from now on. */
    @Schema(
            name = "ThreadTurn",
            requiredProperties = "status",
            examples = "{\"status\": \"SOLVED\"}")
    public record Turning(@NotNull ThreadStatus status) {}

    /** The thread that is merged into the one of the path. */
    @Schema(
            name = "ThreadMerge",
            requiredProperties = "thread",
            examples = "{\"thread\": \"019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b66\"}")
    public record Merging(@NotNull UUID thread) {}

    /** What is split off, in any order. */
    @Schema(
            name = "ThreadSplit",
            requiredProperties = "interactions",
            examples = "{\"interactions\": [\"019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11\"]}")
    public record Splitting(
            @NotNull @Size(min = 1, max = Matter.MOST_INTERACTIONS)
                    List<@NotNull UUID> interactions) {}
}

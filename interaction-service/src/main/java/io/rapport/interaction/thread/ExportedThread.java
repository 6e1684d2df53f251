package io.rapport.interaction.thread;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A thread, as an export tells of it beside the interactions that are in it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        description = "A thread and which of the page's interactions are in it.",
        requiredProperties = {"id", "status", "statusSince", "openedAt", "interactions"},
        examples =
                """
                {"id": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b55", "status": "SOLVED",
                 "statusSince": "2026-11-20T10:14:06.125Z", "openedAt": "2026-11-20T09:14:06.125Z",
                 "interactions": ["019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11"]}""")
public record ExportedThread(
        UUID id,
        ThreadStatus status,
        Instant statusSince,
        Instant openedAt,
        @Schema(description = "The thread that it is part of, if it was merged.")
                @Nullable UUID mergedInto,
        List<UUID> interactions) {}

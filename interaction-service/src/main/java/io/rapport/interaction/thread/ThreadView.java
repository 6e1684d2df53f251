package io.rapport.interaction.thread;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A thread as the API answers it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "Thread",
        description = "The interactions of one matter, and whose turn it is.",
        requiredProperties = {"id", "customer", "status", "statusSince", "openedAt"},
        examples = ThreadView.EXAMPLE)
public record ThreadView(
        UUID id,
        @Schema(description = "The id of the customer on whom its first interaction arrived.")
                UUID customer,
        ThreadStatus status,
        @Schema(description = "Since when it has this status.") Instant statusSince,
        Instant openedAt,
        @Schema(
                        description =
                                "The threads that were merged into it, which answer as it. Lists leave them out.")
                @Nullable List<UUID> merged) {

    static final String EXAMPLE =
            """
            {"id": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b55", "customer": "019aa5c0-11f2-7a60-8a35-0f0c7e1d9b42",
             "status": "WAITING_FOR_US", "statusSince": "2026-11-20T09:14:06.125Z",
             "openedAt": "2026-11-20T09:14:06.125Z", "merged": []}""";

    static ThreadView of(InteractionThread thread) {
        return of(thread, null);
    }

    static ThreadView of(Matter matter) {
        UUID root = matter.root().id();
        return of(matter.root(), matter.threads().stream().filter(id -> !id.equals(root)).toList());
    }

    private static ThreadView of(InteractionThread thread, @Nullable List<UUID> merged) {
        return new ThreadView(
                thread.id(),
                thread.customer(),
                thread.status(),
                thread.statusSince(),
                thread.openedAt(),
                merged);
    }
}

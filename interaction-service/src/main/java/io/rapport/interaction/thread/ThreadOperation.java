package io.rapport.interaction.thread;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.rapport.platform.Ids;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What became of threads, once and for good: a merge, a split, or the undoing of one. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        description = "A merge or split of threads, or the undoing of one.",
        requiredProperties = {"id", "kind", "thread", "other", "at", "undone"},
        examples = ThreadOperation.EXAMPLE)
public record ThreadOperation(
        @JsonIgnore UUID customer,
        UUID id,
        Kind kind,
        @Schema(description = "The thread into which it was merged, or from which it was split.")
                UUID thread,
        @Schema(description = "The thread that was merged or split off.") UUID other,
        @Schema(description = "The operation that this one undid.") @Nullable UUID undoes,
        @JsonIgnore ThreadStatus statusBefore,
        @JsonIgnore Instant statusSinceBefore,
        @JsonIgnore long versionAfter,
        Instant at,
        @Schema(description = "Who did it: the subject of a token.") @Nullable String actor,
        @Schema(description = "Whether it was undone since.") boolean undone) {

    static final String EXAMPLE =
            """
            {"id": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b77", "kind": "MERGED",
             "thread": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b55", "other": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b66",
             "at": "2026-11-20T09:30:00Z", "actor": "agent-1", "undone": false}""";

    /** What was done. */
    @Schema(name = "ThreadOperationKind")
    public enum Kind {
        MERGED,
        SPLIT,
        UNDONE
    }

    /** Made of what the thread was before it, and has become by it. */
    static ThreadOperation of(
            Kind kind,
            InteractionThread before,
            InteractionThread after,
            UUID other,
            Instant now,
            String actor) {
        return new ThreadOperation(
                before.customer(),
                Ids.next(),
                kind,
                before.id(),
                other,
                null,
                before.status(),
                before.statusSince(),
                after.version(),
                now,
                actor,
                false);
    }

    /** The undoing of this one, which belongs to the same threads. */
    ThreadOperation undoing(
            InteractionThread before, InteractionThread after, Instant now, String actor) {
        return new ThreadOperation(
                customer,
                Ids.next(),
                Kind.UNDONE,
                thread,
                other,
                id,
                before.status(),
                before.statusSince(),
                after.version(),
                now,
                actor,
                false);
    }

    /** The thread as it was before this, unless something has happened to it since. */
    InteractionThread before(InteractionThread now, ThreadStatus otherwise, Instant at) {
        return now.id().equals(thread) && now.version() == versionAfter
                ? now.restored(statusBefore, statusSinceBefore)
                : now.turn(otherwise, at);
    }
}

package io.rapport.interaction.clock;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rapport.interaction.Circumstances;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A clock of a thread as the API answers it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "ThreadClock",
        description = "How long a thread waits for one thing, in business time.",
        requiredProperties = {
            "id",
            "thread",
            "kind",
            "state",
            "policy",
            "rulesVersion",
            "target",
            "used",
            "startedAt"
        },
        examples = ClockView.EXAMPLE)
public record ClockView(
        UUID id,
        UUID thread,
        ClockKind kind,
        State state,
        @Schema(description = "The code of the policy by which it was set.") String policy,
        @Schema(description = "The version of the rules that the policy stands in.")
                long rulesVersion,
        @Schema(
                        implementation = String.class,
                        pattern = Circumstances.DURATION_FORM,
                        examples = "PT4H")
                Duration target,
        @Schema(
                        implementation = String.class,
                        pattern = Circumstances.DURATION_FORM,
                        description = "The business time that it has run.",
                        examples = "PT1H30M")
                Duration used,
        Instant startedAt,
        @Schema(description = "When it runs out, while it runs.") @Nullable Instant due,
        @Schema(description = "When it ran out.") @Nullable Instant breachedAt,
        @Schema(description = "When what it waited for was done.") @Nullable Instant endedAt) {

    /**
     * Whether it runs, stands still, or is done; one that has run out is late until it ends, and
     * one is dropped when what it waited for went to another thread.
     */
    @Schema(name = "ClockState")
    public enum State {
        RUNNING,
        PAUSED,
        LATE,
        MET,
        BREACHED,
        DROPPED
    }

    static final String EXAMPLE =
            """
            {"id": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b99", "thread": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b55",
             "kind": "FIRST_REPLY", "state": "RUNNING", "policy": "calls", "rulesVersion": 2,
             "target": "PT4H", "used": "PT1H30M", "startedAt": "2026-11-20T09:14:06.125Z",
             "due": "2026-11-20T13:14:06.125Z"}""";

    static ClockView of(ThreadClock clock, Duration used) {
        return new ClockView(
                clock.id(),
                clock.thread(),
                clock.kind(),
                state(clock),
                clock.policy(),
                clock.rulesVersion(),
                clock.target(),
                used,
                clock.startedAt(),
                clock.due(),
                clock.breachedAt(),
                clock.endedAt());
    }

    private static State state(ThreadClock clock) {
        if (clock.endedAt() != null) {
            State otherwise = clock.dropped() ? State.DROPPED : State.MET;
            return clock.breachedAt() == null ? otherwise : State.BREACHED;
        }
        if (clock.breachedAt() != null) {
            return State.LATE;
        }
        return clock.running() ? State.RUNNING : State.PAUSED;
    }
}

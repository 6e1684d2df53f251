package io.rapport.interaction.correction;

import io.rapport.directory.Directory;
import io.rapport.interaction.Circumstances;
import io.rapport.interaction.Interaction;
import io.rapport.interaction.InteractionEvent;
import io.rapport.interaction.intake.Checks;
import io.rapport.interaction.intake.NewInteraction;
import io.rapport.interaction.timeline.Timeline;
import io.rapport.interaction.type.FirstUses;
import io.rapport.interaction.type.Vocabularies;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import io.rapport.platform.event.Outbox;
import io.rapport.platform.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/**
 * Corrects interactions. Locks are taken as by whoever records, words of the vocabulary first, then
 * the customer; of two who correct the same version, the row of the interaction lets one do it.
 */
@ApplicationScoped
class Corrections {

    private static final int LAST_VERSION = 11;

    private final Timeline timeline;
    private final Directory directory;
    private final Vocabularies vocabularies;
    private final FirstUses uses;
    private final CorrectionRows rows;
    private final Outbox outbox;
    private final Caller caller;
    private final Clock clock;

    Corrections(
            Timeline timeline,
            Directory directory,
            Vocabularies vocabularies,
            FirstUses uses,
            CorrectionRows rows,
            Outbox outbox,
            Caller caller,
            Clock clock) {
        this.timeline = timeline;
        this.directory = directory;
        this.vocabularies = vocabularies;
        this.uses = uses;
        this.rows = rows;
        this.outbox = outbox;
        this.caller = caller;
        this.clock = clock;
    }

    /** Answers the interaction in its new version. */
    @Transactional(TxType.MANDATORY)
    Interaction correct(UUID id, Correction correction) {
        Interaction recorded = timeline.require(id);
        directory.requireNotErased(recorded.customer());
        // Of what has begun to be erased not all was read; what begins from now on refuses the
        // event.
        rows.requireNotErased(recorded.customer());
        requireNewest(recorded, correction.version());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        NewInteraction told = correction.of(recorded).checked(vocabularies.current(), now);
        Interaction corrected =
                told.of(recorded.customer(), id, recorded.version(), recorded.recordedAt());
        List<String> paths = new Difference(recorded, corrected).paths();
        requirePossible(told, paths);
        uses.mark(told.words().toList());
        rows.hold(recorded.customer());
        if (!rows.correct(corrected, correction.reason(), caller.subject(), now)) {
            throw meanwhile();
        }
        outbox.publish(event(corrected, paths, now));
        return timeline.require(id);
    }

    private static void requireNewest(Interaction recorded, int version) {
        if (recorded.version() != version) {
            throw meanwhile();
        }
        if (version >= LAST_VERSION) {
            throw Refusal.conflict(
                    "too-many-corrections",
                    "An interaction can be corrected 10 times, and no more.");
        }
    }

    /** What a correction leaves as it is may be what nothing new could be. */
    private static void requirePossible(NewInteraction told, List<String> paths) {
        if (paths.isEmpty()) {
            throw Refusal.conflict("nothing-to-correct", "It says all of that already.");
        }
        List<FieldError> errors =
                told.objectionsIfNew().stream()
                        .filter(
                                error ->
                                        paths.stream()
                                                .anyMatch(path -> isBelow(error.pointer(), path)))
                        .toList();
        if (!errors.isEmpty()) {
            throw Checks.refusal(errors);
        }
    }

    private static boolean isBelow(String pointer, String path) {
        return pointer.equals(path) || pointer.startsWith(path + "/");
    }

    private static Refusal meanwhile() {
        return Refusal.conflict(
                "not-the-newest-version",
                "It was corrected since that version. Read it again, and correct what it says now.");
    }

    private static InteractionEvent.Corrected event(
            Interaction corrected, List<String> paths, Instant now) {
        Circumstances more = corrected.circumstances();
        return new InteractionEvent.Corrected(
                corrected.customer(),
                corrected.id(),
                corrected.version() + 1,
                paths,
                corrected.touchpoint(),
                more.employee(),
                more.team(),
                more.emotions(),
                more.outcome(),
                more.duration(),
                more.waited(),
                now);
    }
}

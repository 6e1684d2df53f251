package io.rapport.interaction.intake;

import io.rapport.platform.Refusal.FieldError;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what staff tell of a time before its customer was born, as far as the directory knows
 * when that was. Partners may not see birthdays, and could find one out by what is refused: what
 * they tell is recorded.
 */
@ApplicationScoped
class Births {

    /** Nowhere does a day begin earlier. */
    private static final ZoneOffset FIRST = ZoneOffset.ofHours(14);

    private final InteractionTable table;

    Births(InteractionTable table) {
        this.table = table;
    }

    /** What was recorded before may come again, whatever is known of the customer since. */
    void require(NewInteraction told, Sender sender, @Nullable LocalDate birthday) {
        if (birthday != null
                && sender.staff()
                && told.occurredAt().isBefore(birthday.atStartOfDay(FIRST).toInstant())
                && !table.isClaimed(told.key())) {
            throw Checks.refusal(
                    List.of(
                            new FieldError(
                                    "/occurredAt", "must not lie before the customer's birthday")));
        }
    }
}

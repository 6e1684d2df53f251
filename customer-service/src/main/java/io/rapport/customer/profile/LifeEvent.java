package io.rapport.customer.profile;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.LocalDate;
import java.util.Comparator;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Something in a customer's life that bears on decisions: what it was, and on which day. */
@Schema(requiredProperties = {"type", "on"})
public record LifeEvent(
        @Schema(
                        description = "A slug, as in moved, married, child-born, new-job, retired.",
                        maxLength = 50)
                @NotNull
                @Pattern(
                        regexp = "[a-z][a-z0-9]*(-[a-z0-9]+)*",
                        message = "must be a slug, as in child-born")
                @PlainText(max = 50)
                String type,
        @Schema(description = "The day, which may lie ahead.") @NotNull @CalendarDay LocalDate on) {

    static final Comparator<LifeEvent> BY_DAY =
            Comparator.comparing(LifeEvent::on).thenComparing(LifeEvent::type);
}

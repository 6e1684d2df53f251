package io.rapport.interaction.clock;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.rapport.interaction.Circumstances;
import io.rapport.interaction.clock.BusinessCalendar.Hours;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How soon customers are to be answered, as managers keep it: calendars, and policies of which the
 * first that fits a customer's interaction counts. All of it is one document, so that its version
 * says by what a clock was set.
 */
@Schema(
        description =
                "Calendars of business time, and policies in their order: the first that fits counts.",
        requiredProperties = {"calendars", "policies"},
        examples = ClockRules.EXAMPLE)
public record ClockRules(
        @NotNull @Size(max = 20) List<@NotNull @Valid Calendar> calendars,
        @NotNull @Size(max = 50) List<@NotNull @Valid Policy> policies) {

    static final String EXAMPLE =
            """
            {"calendars": [{"code": "office", "zone": "Europe/London",
                            "hours": [{"day": "MONDAY", "from": "09:00", "to": "17:30"}],
                            "holidays": ["2026-12-25"]}],
             "policies": [{"code": "calls", "calendar": "office", "when": {"channels": ["PHONE"]},
                           "firstReply": "PT1H", "nextReply": "PT4H", "solve": "PT16H"}]}""";

    private static final String CODE = "(?=.{1,64}$)[a-z][a-z0-9]*(-[a-z0-9]+)*";
    private static final String CODE_RULE =
            "must be words of a-z and 0-9 joined by hyphens, at most 64 characters";

    /** When people work; without hours they never do, and its clocks never run out. */
    @Schema(
            name = "BusinessCalendar",
            requiredProperties = {"code", "zone", "hours"})
    public record Calendar(
            @NotNull @Pattern(regexp = CODE, message = CODE_RULE) String code,
            @Schema(description = "A time zone of the IANA list.", examples = "Europe/London")
                    @NotNull
                    @Size(max = 64)
                    String zone,
            @NotNull @Size(max = 50) List<@NotNull @Valid Opening> hours,
            @Size(max = 400) @Nullable List<@NotNull LocalDate> holidays) {

        BusinessCalendar calendar() {
            return new BusinessCalendar(
                    ZoneId.of(zone),
                    hours.stream().map(Opening::hours).toList(),
                    new HashSet<>(Objects.requireNonNullElse(holidays, List.<LocalDate>of())));
        }
    }

    /** From a time of a day to another; a {@code to} of 00:00 is the end of the day. */
    @Schema(
            name = "OpeningHours",
            requiredProperties = {"day", "from", "to"})
    public record Opening(
            @NotNull DayOfWeek day,
            @Schema(implementation = String.class, examples = "09:00")
                    @NotNull
                    @JsonFormat(pattern = "HH:mm")
                    LocalTime from,
            @Schema(
                            implementation = String.class,
                            description = "00:00 is the end of the day.",
                            examples = "17:30")
                    @NotNull
                    @JsonFormat(pattern = "HH:mm")
                    LocalTime to) {

        Hours hours() {
            return new Hours(day, from, to);
        }
    }

    /** Targets in business time; a clock that has none is not set. */
    @Schema(
            name = "ClockPolicy",
            requiredProperties = {"code", "calendar"})
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Policy(
            @NotNull @Pattern(regexp = CODE, message = CODE_RULE) String code,
            @Schema(description = "The code of a calendar.") @NotNull String calendar,
            @Schema(description = "Which interactions it fits; all without it.") @Valid
                    @Nullable When when,
            @Schema(
                            implementation = String.class,
                            pattern = Circumstances.DURATION_FORM,
                            examples = "PT1H")
                    @Nullable Duration firstReply,
            @Schema(
                            implementation = String.class,
                            pattern = Circumstances.DURATION_FORM,
                            examples = "PT4H")
                    @Nullable Duration nextReply,
            @Schema(
                            implementation = String.class,
                            pattern = Circumstances.DURATION_FORM,
                            examples = "PT16H")
                    @Nullable Duration solve) {

        Optional<Duration> target(ClockKind kind) {
            return Optional.ofNullable(
                    switch (kind) {
                        case FIRST_REPLY -> firstReply;
                        case NEXT_REPLY -> nextReply;
                        case SOLVE -> solve;
                    });
        }

        boolean fits(Asked asked) {
            return when == null || when.fits(asked);
        }
    }

    /** One of each list that is given; a list that is not given fits everything. */
    @Schema(name = "ClockCondition")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record When(
            @Size(min = 1, max = 50) @Nullable List<@NotNull String> types,
            @Size(min = 1, max = 50) @Nullable List<@NotNull String> channels,
            @Size(min = 1, max = 50) @Nullable List<@NotNull String> touchpoints) {

        boolean fits(Asked asked) {
            return fits(types, asked.type())
                    && fits(channels, asked.channel())
                    && fits(touchpoints, asked.touchpoint());
        }

        private static boolean fits(@Nullable List<String> words, @Nullable String word) {
            return words == null || (word != null && words.contains(word));
        }
    }

    /** The interaction that a clock is set for, as conditions see it. */
    public record Asked(String type, String channel, @Nullable String touchpoint) {}

    /** The first policy that fits. */
    Optional<Policy> policy(Asked asked) {
        return policies.stream().filter(policy -> policy.fits(asked)).findFirst();
    }

    /** The calendar of a policy. */
    Optional<BusinessCalendar> calendarOf(String policy) {
        return policies.stream()
                .filter(one -> one.code().equals(policy))
                .flatMap(one -> calendars.stream().filter(c -> c.code().equals(one.calendar())))
                .map(Calendar::calendar)
                .findFirst();
    }
}

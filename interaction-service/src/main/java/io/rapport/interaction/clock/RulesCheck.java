package io.rapport.interaction.clock;

import io.rapport.interaction.clock.BusinessCalendar.Hours;
import io.rapport.interaction.clock.ClockRules.Calendar;
import io.rapport.interaction.clock.ClockRules.Opening;
import io.rapport.interaction.clock.ClockRules.Policy;
import io.rapport.interaction.clock.ClockRules.When;
import io.rapport.interaction.type.Vocabulary;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Collects what cannot be in rules whose fields are as they must be. Not thread-safe. */
final class RulesCheck {

    static final Duration SHORTEST = Duration.ofMinutes(1);
    static final Duration LONGEST = Duration.ofDays(366);

    private final Vocabulary vocabulary;
    private final List<FieldError> errors = new ArrayList<>();

    RulesCheck(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    void require(ClockRules rules) {
        Set<String> calendars = new HashSet<>();
        for (int i = 0; i < rules.calendars().size(); i++) {
            Calendar calendar = rules.calendars().get(i);
            String pointer = "/calendars/" + i;
            must(calendars.add(calendar.code()), pointer + "/code", "is there twice");
            must(isZone(calendar.zone()), pointer + "/zone", "is no time zone of the IANA list");
            checkHours(pointer + "/hours/", calendar.hours());
        }
        Set<String> policies = new HashSet<>();
        for (int i = 0; i < rules.policies().size(); i++) {
            Policy policy = rules.policies().get(i);
            String pointer = "/policies/" + i;
            must(policies.add(policy.code()), pointer + "/code", "is there twice");
            must(
                    calendars.contains(policy.calendar()),
                    pointer + "/calendar",
                    "must be the code of a calendar of these");
            checkTargets(pointer, policy);
            checkWords(pointer + "/when", policy.when());
        }
        if (!errors.isEmpty()) {
            throw Refusal.invalid(
                    "invalid-fields",
                    "Some fields are not as they must be.",
                    errors.toArray(FieldError[]::new));
        }
    }

    private void checkHours(String pointer, List<Opening> openings) {
        List<Hours> before = new ArrayList<>();
        for (int i = 0; i < openings.size(); i++) {
            Hours hours = openings.get(i).hours();
            must(hours.isPossible(), pointer + i, "must end after it begins");
            must(
                    before.stream().noneMatch(hours::overlaps),
                    pointer + i,
                    "must not overlap with hours before it");
            before.add(hours);
        }
    }

    private void checkTargets(String pointer, Policy policy) {
        must(
                Stream.of(ClockKind.values()).anyMatch(kind -> policy.target(kind).isPresent()),
                pointer,
                "must have a target: firstReply, nextReply or solve");
        checkTarget(pointer + "/firstReply", policy.firstReply());
        checkTarget(pointer + "/nextReply", policy.nextReply());
        checkTarget(pointer + "/solve", policy.solve());
    }

    private void checkTarget(String pointer, @Nullable Duration target) {
        must(
                target == null
                        || (target.compareTo(SHORTEST) >= 0
                                && target.compareTo(LONGEST) <= 0
                                && target.truncatedTo(ChronoUnit.MILLIS).equals(target)),
                pointer,
                "must be of 1 minute to 366 days, in milliseconds at the finest");
    }

    private void checkWords(String pointer, @Nullable When when) {
        if (when != null) {
            checkWords(pointer + "/types", when.types(), vocabulary.types().keySet());
            checkWords(pointer + "/channels", when.channels(), vocabulary.channels().keySet());
            checkWords(
                    pointer + "/touchpoints",
                    when.touchpoints(),
                    vocabulary.touchpoints().keySet());
        }
    }

    private void checkWords(String pointer, @Nullable List<String> words, Set<String> known) {
        must(
                words == null || known.containsAll(words),
                pointer,
                "must be of those that there are: "
                        + known.stream().limit(50).collect(Collectors.joining(", ")));
    }

    private static boolean isZone(String zone) {
        return ZoneId.getAvailableZoneIds().contains(zone);
    }

    private void must(boolean met, String pointer, String reason) {
        if (!met) {
            errors.add(new FieldError(pointer, reason));
        }
    }
}

package io.rapport.local.demo;

import io.rapport.local.stack.CannotGoOn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Moves old dates by whole weeks, so that weekdays and hours stay and the last day lies in the past
 * week.
 */
record WeekShift(long weeks) {
    /** The shop's clock. */
    static final ZoneId SHOP = ZoneId.of("Europe/London");

    static final WeekShift NONE = new WeekShift(0);

    /** The shift that brings {@code lastDay} to one of the seven days before {@code today}. */
    static WeekShift toPastWeek(LocalDate lastDay, LocalDate today) {
        return new WeekShift(Math.floorDiv(ChronoUnit.DAYS.between(lastDay, today) - 1, 7L));
    }

    /**
     * The shift that was chosen for files ending on this day when one of them was first loaded;
     * chosen and kept now if none was. So the same file gives the same interactions next month.
     */
    static WeekShift kept(Path file, LocalDate lastDay, Clock clock) {
        try {
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            String key = lastDay + " ";
            for (String line : lines) {
                if (line.startsWith(key)) {
                    return new WeekShift(Long.parseLong(line.substring(key.length()).strip()));
                }
            }
            WeekShift chosen = toPastWeek(lastDay, LocalDate.ofInstant(clock.instant(), SHOP));
            Files.writeString(
                    file,
                    key + chosen.weeks() + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            return chosen;
        } catch (IOException | NumberFormatException e) {
            throw CannotGoOn.because("Cannot keep the shift of dates in " + file, e);
        }
    }

    Instant instantOf(LocalDateTime shopTime) {
        return shopTime.plusWeeks(weeks).atZone(SHOP).toInstant();
    }
}

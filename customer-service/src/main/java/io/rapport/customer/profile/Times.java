package io.rapport.customer.profile;

import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Times as parameters of requests say them. */
public final class Times {

    private Times() {}

    /** ISO 8601 with an offset, in the years 1 to 9999; null when the parameter is not there. */
    public static @Nullable Instant parse(String parameter, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC);
            if (time.getYear() >= 1 && time.getYear() <= 9999) {
                return time.toInstant();
            }
        } catch (DateTimeException e) {
            // Told below, with what a time looks like.
        }
        throw Refusal.invalid(
                "invalid-time",
                "A time is given in ISO 8601 with its offset.",
                new FieldError(
                        parameter,
                        "must be a time such as 2026-11-20T09:14:05Z, in the years 1 to 9999"));
    }
}

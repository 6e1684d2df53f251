package io.rapport.customer;

import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The ways by which customers and we reach each other, in the words of interactions. */
public enum Channel {
    WEB,
    APP,
    STORE,
    PHONE,
    EMAIL,
    CHAT,
    SMS,
    SOCIAL,
    LETTER;

    /** As a parameter says it; refused when there is no such channel. */
    public static Channel parse(String parameter, @Nullable String name) {
        return Arrays.stream(values())
                .filter(channel -> channel.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                Refusal.invalid(
                                        "invalid-check",
                                        "This cannot be checked like this.",
                                        new FieldError(
                                                parameter,
                                                "must be one of " + Arrays.toString(values()))));
    }
}

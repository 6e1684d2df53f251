package io.rapport.interaction.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.rapport.interaction.Emotion;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values as columns take them. */
public final class StoredForms {

    private StoredForms() {}

    public static @Nullable String json(@Nullable JsonNode json) {
        return json == null ? null : json.toString();
    }

    public static @Nullable String emotions(@Nullable Map<Emotion, Integer> emotions) {
        return emotions == null
                ? null
                : emotions.entrySet().stream()
                        .map(one -> "\"" + one.getKey().name() + "\": " + one.getValue())
                        .collect(Collectors.joining(", ", "{", "}"));
    }

    public static @Nullable String name(@Nullable Enum<?> word) {
        return word == null ? null : word.name();
    }

    public static @Nullable Long millis(@Nullable Duration time) {
        return time == null ? null : time.toMillis();
    }
}

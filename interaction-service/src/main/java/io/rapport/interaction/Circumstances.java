package io.rapport.interaction;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.SortedMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What else is known of an interaction: who served, what it was about, where, how it felt and what
 * it came to. Reference, device, place and attributes are cleared by an erasure; the others are
 * words from lists, figures and ids of ours, and stay.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Circumstances(
        @Schema(description = "Who served: an id of ours, never a name.", examples = "emp-0042")
                @Nullable String employee,
        @Schema(description = "The team that served.", examples = "first-line")
                @Nullable String team,
        @Nullable Reference reference,
        @Schema(description = "With what the customer turned to us.", examples = "tablet")
                @Nullable String device,
        @Schema(description = "Where it happened.", examples = "Leeds, Briggate")
                @Nullable String place,
        @Schema(
                        implementation = Object.class,
                        description = "As the JSON Schema of its type has it.",
                        examples = "{\"parts\": 2}")
                @Nullable JsonNode attributes,
        @Schema(
                        implementation = Object.class,
                        description =
                                "What the customer was seen to feel (JOY, TRUST, SURPRISE, SADNESS, FEAR, ANGER,"
                                        + " DISGUST), each with how strongly, from 1 to 100.",
                        examples = "{\"ANGER\": 70, \"JOY\": 20}")
                @Nullable SortedMap<Emotion, Integer> emotions,
        @Schema(description = "What it came to.") @Nullable Result outcome,
        @Schema(
                        implementation = String.class,
                        pattern = Circumstances.DURATION_FORM,
                        description = "How long it took, in milliseconds at the finest.",
                        examples = "PT4M30S")
                @Nullable Duration duration,
        @Schema(
                        implementation = String.class,
                        pattern = Circumstances.DURATION_FORM,
                        description = "How long the customer had to wait before.",
                        examples = "PT45S")
                @JsonProperty("wait")
                @Nullable Duration waited) {

    /** ISO 8601; the format "duration" of JSON Schema knows no fractions of a second. */
    public static final String DURATION_FORM =
            "^P([0-9]+D)?(T([0-9]+H)?([0-9]+M)?([0-9]+(\\.[0-9]+)?S)?)?$";

    /** Nothing else is known. */
    public static final Circumstances NONE =
            new Circumstances(null, null, null, null, null, null, null, null, null, null);

    /** Whether there is anything that an erasure clears. */
    public boolean areClearable() {
        return reference != null || device != null || place != null || attributes != null;
    }
}

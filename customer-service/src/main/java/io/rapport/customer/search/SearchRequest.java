package io.rapport.customer.search;

import static io.rapport.customer.profile.StandardCode.Kind.LANGUAGE;

import io.rapport.customer.CustomerKind;
import io.rapport.customer.profile.LifecycleStage;
import io.rapport.customer.profile.PlainText;
import io.rapport.customer.profile.StandardCode;
import io.rapport.customer.profile.Times;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is looked for, and among which customers; a filter that is absent lets all through. */
@Schema(
        name = "CustomerSearch",
        requiredProperties = "query",
        examples =
                """
                {"query": "ada lovelase", "kinds": ["PERSON"], "lifecycleStages": ["CUSTOMER"], "tags": ["vip"],
                 "languages": ["en"], "attributes": {"interests": "chess"}, "segments": ["silent-buyers"],
                 "createdFrom": "2026-01-01T00:00:00Z"}\
                """)
public record SearchRequest(
        @Schema(
                        description =
                                "Words of names, tags, e-mail addresses and external ids, whole"
                                        + " e-mail addresses, phone numbers. A customer is found by all"
                                        + " of them together, up to 10.",
                        maxLength = 200)
                @NotNull
                @PlainText(max = 200)
                String query,
        @Schema(description = "Only these.", maxItems = 2) @Size(max = 2)
                List<@NotNull CustomerKind> kinds,
        @Schema(description = "Only these.", maxItems = 10) @Size(max = 10)
                List<@NotNull LifecycleStage> lifecycleStages,
        @Schema(description = "Only who has all of these.", maxItems = 10) @Size(max = 10)
                List<@NotNull @PlainText(max = 50) String> tags,
        @Schema(description = "Only these, as BCP 47: en is also en-GB.", maxItems = 10)
                @Size(max = 10)
                List<
                                @NotNull @Size(max = 35)
                                @StandardCode(
                                        value = LANGUAGE,
                                        message = "must be a BCP 47 language tag, as in en-GB")
                                String>
                        languages,
        @Schema(
                        type = SchemaType.OBJECT,
                        additionalProperties = Object.class,
                        description =
                                "Only who has all of these values of custom attributes, by name: exactly this value, or"
                                        + " a list with this element. 409 `attribute-not-searchable` when a definition"
                                        + " says that customers are not found by it.",
                        maxProperties = 10)
                @Size(max = 10)
                Map<String, @NotNull Object> attributes,
        @Schema(
                        description =
                                "Only who is in one of these segments, by their keys; of a key that there is not nobody"
                                        + " is.",
                        maxItems = 10)
                @Size(max = 10)
                List<@NotNull @PlainText(max = 64) String> segments,
        @Schema(
                        type = SchemaType.STRING,
                        format = "date-time",
                        description = "Made at this time or later.",
                        nullable = true)
                @Nullable String createdFrom,
        @Schema(
                        type = SchemaType.STRING,
                        format = "date-time",
                        description = "Made before this time.",
                        nullable = true)
                @Nullable String createdBefore,
        @Schema(
                        type = SchemaType.STRING,
                        format = "date-time",
                        description = "Last changed at this time or later.",
                        nullable = true)
                @Nullable String changedFrom,
        @Schema(
                        type = SchemaType.STRING,
                        format = "date-time",
                        description = "Last changed before this time.",
                        nullable = true)
                @Nullable String changedBefore) {

    public SearchRequest {
        kinds = Objects.requireNonNullElse(kinds, List.of());
        lifecycleStages = Objects.requireNonNullElse(lifecycleStages, List.of());
        tags = Objects.requireNonNullElse(tags, List.of());
        languages = Objects.requireNonNullElse(languages, List.of());
        attributes = attributes == null ? Map.of() : new TreeMap<>(attributes);
        segments = Objects.requireNonNullElse(segments, List.of());
    }

    /** The filters as statements bind them: null for those that let all through. */
    public record Filter(
            String @Nullable [] kinds,
            String @Nullable [] stages,
            String @Nullable [] tags,
            String @Nullable [] languages,
            String @Nullable [] attributes,
            String @Nullable [] values,
            String @Nullable [] segments,
            @Nullable Instant createdFrom,
            @Nullable Instant createdBefore,
            @Nullable Instant changedFrom,
            @Nullable Instant changedBefore) {}

    /** {@code sought}: by the names of attributes the texts as which their values are kept. */
    Filter filter(SortedMap<String, String> sought) {
        return new Filter(
                words(kinds),
                words(lifecycleStages),
                words(tags),
                words(languages),
                words(sought.keySet()),
                words(sought.values()),
                words(segments),
                Times.parse("/createdFrom", createdFrom),
                Times.parse("/createdBefore", createdBefore),
                Times.parse("/changedFrom", changedFrom),
                Times.parse("/changedBefore", changedBefore));
    }

    private static String @Nullable [] words(Collection<?> values) {
        return values.isEmpty()
                ? null
                : values.stream().map(Objects::toString).toArray(String[]::new);
    }
}

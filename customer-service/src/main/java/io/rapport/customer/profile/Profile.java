package io.rapport.customer.profile;

import static io.rapport.customer.profile.StandardCode.Kind.COUNTRY;
import static io.rapport.customer.profile.StandardCode.Kind.LANGUAGE;
import static io.rapport.customer.profile.StandardCode.Kind.TIME_ZONE;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rapport.customer.CustomerKind;
import io.rapport.platform.Ids;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What can be said about a customer and changed. Texts are stored as they are given, in any script.
 * Constructing checks nothing, so that stored profiles outlive stricter rules; what comes in is
 * validated at the entrance, and then {@link #tidied}.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@Schema(
        description = "What can be said about a customer; what is absent is not known.",
        examples = Profile.EXAMPLE)
public record Profile(
        @Schema(description = "PERSON when nobody has said it.", nullable = true)
                @Nullable CustomerKind kind,
        @Schema(maxLength = 200, nullable = true) @PlainText(max = 200)
                @Nullable String displayName,
        @Schema(maxLength = 100, nullable = true) @PlainText(max = 100) @Nullable String givenName,
        @Schema(maxLength = 100, nullable = true) @PlainText(max = 100) @Nullable String familyName,
        @Schema(
                        description = "How they like to be addressed, as in Lady Lovelace.",
                        maxLength = 100,
                        nullable = true)
                @PlainText(max = 100)
                @Nullable String addressAs,
        @Schema(description = "BCP 47.", maxLength = 35, nullable = true)
                @Size(max = 35)
                @StandardCode(
                        value = LANGUAGE,
                        message = "must be a BCP 47 language tag, as in en-GB")
                @Nullable String language,
        @Schema(description = "IANA time zone.", maxLength = 64, nullable = true)
                @StandardCode(
                        value = TIME_ZONE,
                        message = "must be an IANA time zone, as in Europe/London")
                @Nullable String timeZone,
        @Schema(description = "ISO 3166-1 alpha-2.", maxLength = 2, nullable = true)
                @StandardCode(
                        value = COUNTRY,
                        message = "must be an ISO 3166-1 code of two letters, as in GB")
                @Nullable String country,
        @Schema(
                        description =
                                "From 1850 to today; of an organisation, when it was founded.",
                        nullable = true)
                @CalendarDay
                @Nullable LocalDate birthday,
        @Schema(maxLength = 100, nullable = true) @PlainText(max = 100) @Nullable String occupation,
        @Schema(
                        description = "Where the customer stands with us, as staff declare it.",
                        nullable = true)
                @Nullable LifecycleStage lifecycleStage,
        @Schema(
                        description =
                                "What the customer says is important to them; sorted, each once.",
                        maxItems = MOST_VALUES)
                @Size(max = MOST_VALUES, message = "must have at most 20 values")
                List<@NotNull @PlainText(max = 100) String> declaredValues,
        @Schema(
                        description = "Words of yours to find customers by; sorted, each once.",
                        maxItems = 50)
                @Size(max = 50, message = "must have at most 50 tags")
                List<@NotNull @PlainText(max = 50) String> tags,
        @Schema(description = "In the order of their days, each once.", maxItems = MOST_EVENTS)
                @Size(max = MOST_EVENTS, message = "must have at most 50 events")
                List<@NotNull @Valid LifeEvent> lifeEvents,
        @Schema(
                        description =
                                "Ways to reach the customer; each is changed by its own path, too.",
                        maxItems = 50)
                @Size(max = ContactPoints.MOST, message = "must have at most 50 contact points")
                List<@NotNull @Valid ContactPoint> contactPoints,
        @Schema(
                        type = SchemaType.OBJECT,
                        additionalProperties = Object.class,
                        description =
                                "Values of custom attributes by name; which there are, and what their values must be,"
                                        + " is defined in /attribute-definitions.",
                        maxProperties = 50)
                @Size(max = AttributeValues.MOST, message = "must have at most 50 attributes")
                Map<String, Object> attributes) {

    static final String EXAMPLE =
            """
            {"kind": "PERSON", "displayName": "Ada Lovelace", "givenName": "Ada", "familyName": "Lovelace",
             "addressAs": "Lady Lovelace", "language": "en-GB", "timeZone": "Europe/London", "country": "GB",
             "birthday": "1985-12-10", "occupation": "mathematician", "lifecycleStage": "CUSTOMER",
             "declaredValues": ["openness"], "tags": ["newsletter", "vip"],
             "lifeEvents": [{"type": "moved", "on": "2026-05-01"}],
             "contactPoints": [{"kind": "EMAIL", "value": "ada@example.org", "verified": true}],
             "attributes": {"shoeSize": 38, "interests": ["chess", "music"]}}""";

    static final String PATCH_EXAMPLE =
            """
            {"displayName": "Ada King", "language": null, "tags": ["vip"]}""";

    private static final int MOST_VALUES = 20;
    private static final int MOST_EVENTS = 50;

    public Profile {
        declaredValues = listed(declaredValues);
        tags = listed(tags);
        lifeEvents = listed(lifeEvents);
        contactPoints = listed(contactPoints);
        attributes = attributes == null ? Map.of() : PlainJson.members(attributes);
    }

    /** Of whom nothing is known but what they are. */
    static Profile unknown(@Nullable CustomerKind kind) {
        return new Profile(
                kind, null, null, null, null, null, null, null, null, null, null, List.of(),
                List.of(), List.of(), List.of(), Map.of());
    }

    /** None for null. Elements may still be null: validation says so, by their pointer. */
    private static <T> List<T> listed(@Nullable List<T> given) {
        return given == null || given.isEmpty()
                ? List.of()
                : Collections.unmodifiableList(new ArrayList<>(given));
    }

    /**
     * A valid profile in the one form in which it is kept: lists sorted, each element once, contact
     * points normalised and with ids, which are those of the {@code known} ones where they are the
     * same.
     */
    Profile tidied(List<ContactPoint> known) {
        return new Profile(
                Objects.requireNonNullElse(kind, CustomerKind.PERSON),
                displayName,
                givenName,
                familyName,
                addressAs,
                language,
                timeZone,
                country,
                birthday,
                occupation,
                lifecycleStage,
                declaredValues.stream().distinct().sorted().toList(),
                tags.stream().distinct().sorted().toList(),
                lifeEvents.stream().distinct().sorted(LifeEvent.BY_DAY).toList(),
                ContactPoints.given(contactPoints, known),
                attributes);
    }

    Profile withContactPoints(List<ContactPoint> other) {
        return with(other, attributes);
    }

    Profile withAttributes(Map<String, Object> other) {
        return with(contactPoints, other);
    }

    private Profile with(List<ContactPoint> otherPoints, Map<String, Object> otherAttributes) {
        return new Profile(
                kind,
                displayName,
                givenName,
                familyName,
                addressAs,
                language,
                timeZone,
                country,
                birthday,
                occupation,
                lifecycleStage,
                declaredValues,
                tags,
                lifeEvents,
                otherPoints,
                otherAttributes);
    }

    /** Whether one of the contact points reaches the same as this one. */
    public boolean isReachedBy(ContactPoint way) {
        ContactPoint.Target target = way.kept(Ids.next()).target();
        return contactPoints.stream().anyMatch(point -> point.target().equals(target));
    }

    /** Refuses what cannot be true together, or at {@code now} wherever on Earth it is said. */
    void requirePossible(Instant now) {
        ContactPoints.requireSound(contactPoints);
        requireAtMost(MOST_VALUES, declaredValues, "/declaredValues");
        requireAtMost(MOST_EVENTS, lifeEvents, "/lifeEvents");
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.MAX);
        if (birthday != null && birthday.isAfter(today)) {
            throw Refusal.invalid(
                    "invalid-fields",
                    "Some fields are not as they must be.",
                    new FieldError("/birthday", "must not lie ahead"));
        }
    }

    /** What was given fits by itself, but it may have come to what was there. */
    private static void requireAtMost(int most, List<?> all, String pointer) {
        if (all.size() > most) {
            throw Refusal.of(
                    Refusal.Kind.CONFLICT,
                    "list-is-full",
                    "With what is there already, the list would be too long.",
                    new FieldError(pointer, "has at most %d elements".formatted(most)));
        }
    }
}

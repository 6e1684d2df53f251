package io.rapport.customer.profile;

import static io.rapport.customer.profile.StandardCode.Kind.COUNTRY;
import static io.rapport.customer.profile.StandardCode.Kind.LANGUAGE;
import static io.rapport.customer.profile.StandardCode.Kind.TIME_ZONE;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rapport.customer.CustomerKind;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What can be said about a customer and changed. Texts are stored as they are given, in any script.
 * Constructing checks nothing, so that stored profiles outlive stricter rules; what comes in is
 * validated at the entrance.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        description = "What can be said about a customer; what is absent is not known.",
        examples = Profile.EXAMPLE)
public record Profile(
        @Schema(description = "PERSON when absent.") CustomerKind kind,
        @Schema(maxLength = 200, nullable = true) @PlainText(max = 200)
                @Nullable String displayName,
        @Schema(maxLength = 100, nullable = true) @PlainText(max = 100) @Nullable String givenName,
        @Schema(maxLength = 100, nullable = true) @PlainText(max = 100) @Nullable String familyName,
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
                @Nullable String country) {

    static final String EXAMPLE =
            """
            {"kind": "PERSON", "displayName": "Ada Lovelace", "givenName": "Ada", "familyName": "Lovelace",
             "language": "en-GB", "timeZone": "Europe/London", "country": "GB"}""";

    static final String PATCH_EXAMPLE =
            """
            {"displayName": "Ada King", "language": null}""";

    private record Field(String pointer, Function<Profile, @Nullable Object> value) {}

    /** Sorted by pointer. */
    private static final List<Field> FIELDS =
            List.of(
                    new Field("/country", Profile::country),
                    new Field("/displayName", Profile::displayName),
                    new Field("/familyName", Profile::familyName),
                    new Field("/givenName", Profile::givenName),
                    new Field("/kind", Profile::kind),
                    new Field("/language", Profile::language),
                    new Field("/timeZone", Profile::timeZone));

    public Profile {
        kind = Objects.requireNonNullElse(kind, CustomerKind.PERSON);
    }

    /** JSON pointers of all fields, sorted. */
    static List<String> pointers() {
        return FIELDS.stream().map(Field::pointer).toList();
    }

    /** JSON pointers of the fields that are not the same in {@code other}, sorted. */
    List<String> differences(Profile other) {
        return FIELDS.stream()
                .filter(field -> !Objects.equals(field.value.apply(this), field.value.apply(other)))
                .map(Field::pointer)
                .toList();
    }
}

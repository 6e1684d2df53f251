package io.rapport.customer.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A way to reach a customer. One that is kept has an id, and a value in the one form of its kind:
 * E.164 for a phone, lower case for an e-mail address.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ReachableContactPoint
@Schema(requiredProperties = "kind", examples = ContactPoint.EXAMPLE)
public record ContactPoint(
        @Schema(readOnly = true, nullable = true) @Nullable UUID id,
        @NotNull ContactKind kind,
        @Schema(
                        description = "Of an e-mail address, a phone or a handle.",
                        maxLength = 254,
                        nullable = true)
                @PlainText(max = 254)
                @Nullable String value,
        @Schema(
                        description = "Where a handle is known: a slug, as in mastodon.",
                        maxLength = 50,
                        nullable = true)
                @Pattern(
                        regexp = "[a-z][a-z0-9]*(-[a-z0-9]+)*",
                        message = "must be a slug, as in mastodon")
                @PlainText(max = 50)
                @Nullable String network,
        @Schema(nullable = true) @Valid @Nullable PostalAddress address,
        @Schema(description = "As in home or work.", maxLength = 50, nullable = true)
                @PlainText(max = 50)
                @Nullable String label,
        @Schema(
                        description =
                                "Whether it is proven to reach the customer; false when absent, and after its value changes.")
                Boolean verified,
        @Schema(
                        description =
                                "Whether it is the first choice of its kind, of which there is one; false when absent.")
                Boolean preferred,
        @Schema(description = "The first day on which it is good.", nullable = true) @CalendarDay
                @Nullable LocalDate validFrom,
        @Schema(description = "The last day on which it is good.", nullable = true) @CalendarDay
                @Nullable LocalDate validTo) {

    static final String EXAMPLE =
            """
            {"kind": "PHONE", "value": "+442079460958", "label": "work", "verified": true, "preferred": true,
             "validFrom": "2026-01-01"}""";

    static final String PATCH_EXAMPLE =
            """
            {"label": "home", "preferred": true, "validTo": null}""";

    public ContactPoint {
        verified = Objects.requireNonNullElse(verified, false);
        preferred = Objects.requireNonNullElse(preferred, false);
    }

    /** One that has no more than a value. */
    public static ContactPoint of(ContactKind kind, String value) {
        return new ContactPoint(null, kind, value, null, null, null, false, false, null, null);
    }

    /** What it reaches; a customer has each only once. */
    record Target(
            ContactKind kind,
            @Nullable String network,
            @Nullable String value,
            @Nullable PostalAddress address) {}

    Target target() {
        return new Target(kind, network, value, address);
    }

    /** What is wrong with the parts taken together: reasons by field. */
    Map<String, String> faults() {
        Map<String, String> faults = new LinkedHashMap<>();
        if (value == null ? kind != ContactKind.ADDRESS : kind.normalised(value).isEmpty()) {
            faults.put("value", kind.rule);
        }
        if ((address != null) != (kind == ContactKind.ADDRESS)) {
            faults.put("address", "must be there for an ADDRESS, and for no other kind");
        }
        if ((network != null) != (kind == ContactKind.HANDLE)) {
            faults.put("network", "must be there for a HANDLE, and for no other kind");
        }
        if (validFrom != null && validTo != null && validTo.isBefore(validFrom)) {
            faults.put("validTo", "must not lie before validFrom");
        }
        return faults;
    }

    /** A valid contact point in the one form in which it is kept, under {@code keptAs}. */
    ContactPoint kept(UUID keptAs) {
        String normalised = value == null ? null : kind.normalised(value).orElse(value);
        return new ContactPoint(
                keptAs,
                kind,
                normalised,
                network,
                address,
                label,
                verified,
                preferred,
                validFrom,
                validTo);
    }

    /** The same under another id. */
    ContactPoint under(UUID other) {
        return new ContactPoint(
                other, kind, value, network, address, label, verified, preferred, validFrom,
                validTo);
    }

    /** The same, but no first choice. */
    ContactPoint notPreferred() {
        return new ContactPoint(
                id, kind, value, network, address, label, verified, false, validFrom, validTo);
    }

    /** The same, not proven to reach anybody. */
    ContactPoint notVerified() {
        return new ContactPoint(
                id, kind, value, network, address, label, false, preferred, validFrom, validTo);
    }

    static Refusal idIsNotGiven(String pointer) {
        return Refusal.invalid(
                "invalid-fields",
                "Some fields are not as they must be.",
                new FieldError(pointer, "is given by the service and cannot be changed"));
    }
}

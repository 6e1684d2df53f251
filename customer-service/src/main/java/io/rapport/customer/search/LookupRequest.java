package io.rapport.customer.search;

import io.rapport.customer.profile.ContactKind;
import io.rapport.customer.profile.PlainText;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A contact point, in any form that a customer's may be given in. Postal addresses have no one form
 * to be looked up by: who writes the same one writes it otherwise.
 */
@Schema(
        name = "ContactPointLookup",
        requiredProperties = {"kind", "value"},
        examples =
                """
                {"kind": "PHONE", "value": "+44 20 7946 0958"}\
                """)
public record LookupRequest(
        @Schema(
                        description = "EMAIL, PHONE or HANDLE.",
                        enumeration = {"EMAIL", "PHONE", "HANDLE"})
                @NotNull
                ContactKind kind,
        @Schema(
                        description =
                                "An e-mail address, a phone number in its international form, or a handle,"
                                        + " in which case matters.",
                        maxLength = 254)
                @NotNull
                @PlainText(max = 254)
                String value,
        @Schema(
                        description = "Where a handle is known; of a HANDLE only, which needs it.",
                        maxLength = 50,
                        nullable = true)
                @Pattern(
                        regexp = "[a-z][a-z0-9]*(-[a-z0-9]+)*",
                        message = "must be a slug, as in mastodon")
                @PlainText(max = 50)
                @Nullable String network) {

    /** The value in the one form in which it is kept. */
    String normalised() {
        if (kind == ContactKind.ADDRESS) {
            throw invalid("/kind", "must be EMAIL, PHONE or HANDLE");
        }
        if ((network != null) != (kind == ContactKind.HANDLE)) {
            throw invalid("/network", "must be there for a HANDLE, and for no other kind");
        }
        return kind.normalised(value)
                .orElseThrow(() -> invalid("/value", "must be one of this kind that can exist"));
    }

    private static Refusal invalid(String pointer, String reason) {
        return Refusal.invalid(
                "invalid-lookup",
                "Nobody can be looked up by this.",
                new FieldError(pointer, reason));
    }
}

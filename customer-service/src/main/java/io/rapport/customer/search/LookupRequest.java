package io.rapport.customer.search;

import io.rapport.customer.profile.ContactKind;
import io.rapport.customer.profile.PlainText;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A contact point, in any form that a customer's may be given in. */
@Schema(
        name = "ContactPointLookup",
        requiredProperties = {"kind", "value"},
        examples =
                """
                {"kind": "PHONE", "value": "+44 20 7946 0958"}\
                """)
public record LookupRequest(
        @Schema(
                        description = "EMAIL or PHONE.",
                        enumeration = {"EMAIL", "PHONE"})
                @NotNull
                ContactKind kind,
        @Schema(
                        description =
                                "An e-mail address, or a phone number in its international form.",
                        maxLength = 254)
                @NotNull
                @PlainText(max = 254)
                String value) {

    /** The value in the one form in which it is kept. */
    String normalised() {
        if (kind != ContactKind.EMAIL && kind != ContactKind.PHONE) {
            throw invalid("/kind", "must be EMAIL or PHONE");
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

package io.rapport.customer.erasure;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rapport.customer.Identity;
import io.rapport.customer.profile.PlainText;
import io.rapport.platform.CustomerReference;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Which erased identity may be taken in again, and why: an identity, or a login. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        requiredProperties = "reason",
        examples =
                """
                {"identity": {"source": "online-retail", "externalId": "17850"},
                 "reason": "Came back as a customer and asked us to"}""")
public record LiftRequest(
        @Schema(nullable = true) @Valid @Nullable ErasedName identity,
        @Schema(nullable = true) @Valid @Nullable ErasedLogin login,
        @Schema(description = "Of what happened, and not of whom.", maxLength = HoldReason.LONGEST)
                @NotNull
                @PlainText(max = HoldReason.LONGEST)
                String reason) {

    /** The name that a source had for the customer. */
    @Schema(
            requiredProperties = {"source", "externalId"},
            examples = "{\"source\": \"online-retail\", \"externalId\": \"17850\"}")
    public record ErasedName(
            @NotNull
                    @Pattern(
                            regexp = CustomerReference.SOURCE_FORM,
                            message = CustomerReference.SOURCE_RULE)
                    String source,
            @Schema(maxLength = 128) @NotNull String externalId) {}

    /** Who logs in where, as the identity provider says. */
    @Schema(
            requiredProperties = {"issuer", "subject"},
            examples =
                    "{\"issuer\": \"https://login.example.org/realms/shop\", \"subject\": \"7f0c3a52\"}")
    public record ErasedLogin(
            @Schema(maxLength = 255) @NotNull @PlainText(max = 255) String issuer,
            @Schema(maxLength = 255) @NotNull @PlainText(max = 255) String subject) {}

    /** The one identity that is named. */
    Identity named() {
        if (identity != null && login == null) {
            return Identity.presented(identity.source(), identity.externalId());
        }
        if (identity == null && login != null) {
            return Identity.of(CustomerReference.login(login.issuer, login.subject));
        }
        throw Refusal.invalid(
                "invalid-fields",
                "Some fields are not as they must be.",
                new FieldError("", "must have either identity or login"));
    }
}

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
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Which erased identity may be taken in again, and why: an identity, a login, or the value of a
 * unique attribute.
 */
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
        @Schema(nullable = true) @Valid @Nullable ErasedValue attribute,
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

    /** The value of an attribute that is unique. */
    @Schema(
            requiredProperties = {"name", "value"},
            examples = "{\"name\": \"passport\", \"value\": \"C01X00T47\"}")
    public record ErasedValue(
            @Schema(maxLength = 64) @NotNull @PlainText(max = 64) String name,
            @Schema(implementation = Object.class, description = "As it stood in the profile.")
                    @NotNull
                    Object value) {}

    /** Refuses what names several, or nothing. */
    LiftRequest requireOne() {
        int named =
                (identity == null ? 0 : 1) + (login == null ? 0 : 1) + (attribute == null ? 0 : 1);
        if (named != 1) {
            throw Refusal.invalid(
                    "invalid-fields",
                    "Some fields are not as they must be.",
                    new FieldError("", "must have one of identity, login and attribute"));
        }
        return this;
    }

    /** The identity or login that is named; empty when it is the value of an attribute. */
    Optional<Identity> named() {
        if (identity != null) {
            return Optional.of(Identity.presented(identity.source(), identity.externalId()));
        }
        return Optional.ofNullable(login)
                .map(one -> Identity.of(CustomerReference.login(one.issuer, one.subject)));
    }
}

package io.rapport.customer.preference;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rapport.customer.profile.Preference;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One preference that speaks against a contact. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(requiredProperties = {"code", "binding", "why"})
public record ContactFinding(
        Code code,
        @Schema(
                        description =
                                "Whether it forbids the contact: not what is only preferred, nor what is held with a"
                                        + " confidence below 0.5.")
                boolean binding,
        String why,
        @Schema(
                        description =
                                "When this is no reason any more, as far as that is known; of the rhythm for staff only.")
                @Nullable Instant until,
        @Schema(description = "What says so; for staff only.") @Nullable Preference preference) {

    /** What speaks against it. */
    public enum Code {
        CHANNEL_AVOIDED,
        CHANNEL_NOT_PREFERRED,
        QUIET_HOURS,
        RHYTHM_REACHED
    }

    /**
     * The same for those who may not see what the customer has said, nor when others turned to it.
     */
    ContactFinding forPartners() {
        return code == Code.RHYTHM_REACHED
                ? new ContactFinding(
                        code,
                        binding,
                        "The customer has been turned to as often as it wants.",
                        null,
                        null)
                : new ContactFinding(code, binding, why, until, null);
    }
}

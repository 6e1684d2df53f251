package io.rapport.customer.profile;

import static io.rapport.customer.profile.StandardCode.Kind.COUNTRY;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Where post reaches somebody; the parts as they are written in that country. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@Schema(requiredProperties = "country")
public record PostalAddress(
        @Schema(description = "Street, house, flat: what stands above the town.", maxItems = 5)
                @Size(max = 5, message = "must have at most 5 lines")
                List<@NotNull @PlainText(max = 100) String> lines,
        @Schema(maxLength = 20, nullable = true) @PlainText(max = 20) @Nullable String postalCode,
        @Schema(maxLength = 100, nullable = true) @PlainText(max = 100) @Nullable String city,
        @Schema(description = "State, province or county.", maxLength = 100, nullable = true)
                @PlainText(max = 100)
                @Nullable String region,
        @Schema(description = "ISO 3166-1 alpha-2.", maxLength = 2)
                @NotNull
                @StandardCode(
                        value = COUNTRY,
                        message = "must be an ISO 3166-1 code of two letters, as in GB")
                String country) {

    public PostalAddress {
        lines = lines == null ? List.of() : Collections.unmodifiableList(new ArrayList<>(lines));
    }
}

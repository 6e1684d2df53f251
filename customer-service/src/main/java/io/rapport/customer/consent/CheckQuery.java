package io.rapport.customer.consent;

import io.rapport.customer.Channel;
import io.rapport.customer.profile.Times;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** What a check asks, as the request says: unchecked until read. */
public final class CheckQuery {

    @Parameter(description = "The key of a purpose.", required = true, example = "product-news")
    @QueryParam("purpose")
    @Nullable String purpose;

    @Parameter(
            description = "A channel.",
            required = true,
            schema = @Schema(implementation = Channel.class))
    @QueryParam("channel")
    @Nullable String channel;

    @Parameter(
            description =
                    "Now, if absent; up to 5 minutes ahead means now. A time that has passed is answered as it was:"
                            + " by what was recorded by then.",
            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    @QueryParam("at")
    @Nullable String at;

    /** Empty when nothing was asked. */
    String purpose() {
        return Objects.requireNonNullElse(purpose, "");
    }

    /** As it was asked for, empty when nothing was. */
    String channelName() {
        return Objects.requireNonNullElse(channel, "");
    }

    Channel channel() {
        return Channel.parse("channel", channel);
    }

    /** Null for now. */
    @Nullable Instant at() {
        return Times.parse("at", at);
    }

    static Refusal wrong(String parameter, String reason) {
        return Refusal.invalid(
                "invalid-check",
                "This cannot be checked like this.",
                new FieldError(parameter, reason));
    }
}

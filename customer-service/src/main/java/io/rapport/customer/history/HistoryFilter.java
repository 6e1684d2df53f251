package io.rapport.customer.history;

import io.rapport.customer.profile.Times;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which of a customer's changes a list shows, as the request says: checked by {@link #checked}. */
public final class HistoryFilter {

    private static final Pattern PATH = Pattern.compile("(/[^/\\p{Cntrl}]{1,250}){1,3}");
    private static final Pattern ACTOR = Pattern.compile("[^\\p{Cntrl}]{1,255}");

    @Parameter(
            description = "Only changes of this path, of what lies below it, and the registration.",
            example = "/contactPoints")
    @QueryParam("path")
    @Nullable String path;

    @Parameter(description = "Only changes by this subject.", example = "agent-17")
    @QueryParam("actor")
    @Nullable String actor;

    @Parameter(
            description = "Only changes at this time or later.",
            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    @QueryParam("from")
    @Nullable String from;

    @Parameter(
            description = "Only changes before this time.",
            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    @QueryParam("to")
    @Nullable String to;

    /** For the framework, which fills in what the request says. */
    public HistoryFilter() {}

    public record Checked(
            @Nullable String path,
            @Nullable String actor,
            @Nullable Instant from,
            @Nullable Instant to) {}

    Checked checked() {
        require("path", path, PATH, "must be a JSON pointer, as in /givenName");
        require("actor", actor, ACTOR, "must have 1 to 255 characters and no control characters");
        return new Checked(path, actor, Times.parse("from", from), Times.parse("to", to));
    }

    private static void require(
            String parameter, @Nullable String text, Pattern form, String reason) {
        if (text != null && !form.matcher(text).matches()) {
            throw Refusal.invalid(
                    "invalid-filter",
                    "The list cannot be filtered like this.",
                    new FieldError(parameter, reason));
        }
    }
}

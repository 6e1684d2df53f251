package io.rapport.customer.profile;

import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Why the caller makes a change, if it says so in {@value #HEADER}: up to 500 characters. Headers
 * are ASCII, so other characters, and the percent sign, come percent-encoded as UTF-8.
 */
@RequestScoped
public class ChangeReason {

    public static final String HEADER = "Rapport-Reason";
    public static final String DESCRIPTION =
            "Why, for the customer's history: up to 500 characters, those beyond ASCII percent-encoded.";

    private static final int MOST = 500;

    private @Nullable String text;

    /** Reads and checks it before anything else happens. */
    @ServerRequestFilter
    public void read(ContainerRequestContext request) {
        String header = request.getHeaderString(HEADER);
        text = header == null || header.isBlank() ? null : decoded(header);
    }

    static String decoded(String header) {
        try {
            String decoded = URLDecoder.decode(header.replace("+", "%2B"), StandardCharsets.UTF_8);
            if (header.chars().allMatch(c -> c >= ' ' && c <= '~')
                    && PlainText.Validator.fits(decoded, MOST)) {
                return decoded;
            }
        } catch (IllegalArgumentException e) {
            // Told below, with what a reason looks like.
        }
        throw Refusal.invalid(
                "invalid-reason",
                "A reason has 1 to 500 characters; those beyond ASCII, and %, are percent-encoded UTF-8.",
                new FieldError(HEADER, "must be printable ASCII, percent-encoded where needed"));
    }

    @Nullable String text() {
        return text;
    }
}

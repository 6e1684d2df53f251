package io.rapport.platform.http;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A problem document (RFC 9457). The code is stable; title and detail are for people. The instance
 * holds the trace id by which operators find the occurrence in the logs.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String instance,
        String code,
        List<Field> errors,
        @JsonAnyGetter Map<String, Object> members) {

    /** The media type of problem documents. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final int MAX_ERRORS = 100;

    /**
     * What is wrong with a field of the body, named by its JSON pointer, or with a parameter or
     * header.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Field(@Nullable String pointer, @Nullable String parameter, String reason) {

        static Field of(FieldError error) {
            boolean inBody = error.pointer().isEmpty() || error.pointer().startsWith("/");
            return new Field(
                    inBody ? error.pointer() : null,
                    inBody ? null : error.pointer(),
                    error.reason());
        }
    }

    static Problem of(Refusal refusal) {
        return of(
                statusOf(refusal.kind()),
                refusal.code(),
                refusal.detail(),
                refusal.errors(),
                refusal.members());
    }

    static Problem of(int status, String code, String detail) {
        return of(status, code, detail, List.of(), Map.of());
    }

    private static Problem of(
            int status,
            String code,
            String detail,
            List<FieldError> errors,
            Map<String, Object> members) {
        return new Problem(
                "/problems/" + code,
                title(code),
                status,
                detail,
                occurrence(),
                code,
                errors.stream().limit(MAX_ERRORS).map(Field::of).toList(),
                members);
    }

    private static String title(String code) {
        return code.substring(0, 1).toUpperCase(Locale.ROOT) + code.substring(1).replace('-', ' ');
    }

    private static @Nullable String occurrence() {
        SpanContext span = Span.current().getSpanContext();
        return span.isValid() ? "/traces/" + span.getTraceId() : null;
    }

    private static int statusOf(Refusal.Kind kind) {
        return switch (kind) {
            case INVALID -> 400;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case GONE -> 410;
            case PRECONDITION_FAILED -> 412;
            case TOO_LARGE -> 413;
            case UNPROCESSABLE -> 422;
            case PRECONDITION_REQUIRED -> 428;
            case UNAVAILABLE -> 503;
        };
    }
}

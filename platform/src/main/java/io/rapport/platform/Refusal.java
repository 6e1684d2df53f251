package io.rapport.platform;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A rule said no. The code is a stable slug that programs may rely on, the detail a sentence that
 * says what to do. Neither holds personal data: refusals are answered, logged and kept with parked
 * events. Has no stack trace, for it is an answer and not a fault.
 */
public final class Refusal extends RuntimeException {

    /** What kind of no it is; how an entrance says that is the entrance's business. */
    public enum Kind {
        INVALID,
        FORBIDDEN,
        NOT_FOUND,
        CONFLICT,
        GONE,
        PRECONDITION_FAILED,
        TOO_LARGE,
        UNPROCESSABLE,
        PRECONDITION_REQUIRED,
        UNAVAILABLE
    }

    /**
     * What is wrong with one field of the input. The pointer is a JSON pointer into the body
     * ({@code ""} is the whole of it), or the bare name of a parameter or header, which has no
     * slash in front.
     */
    public record FieldError(String pointer, String reason) {}

    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    private final Kind kind;
    private final String code;
    private final String detail;
    private final transient List<FieldError> errors;
    private final transient Map<String, Object> members;
    private final @Nullable Duration retryAfter;

    private Refusal(
            Kind kind,
            String code,
            String detail,
            List<FieldError> errors,
            Map<String, Object> members,
            @Nullable Duration retryAfter) {
        super(code + ": " + detail, null, false, false);
        this.kind = kind;
        this.code = code;
        this.detail = detail;
        this.errors = errors;
        this.members = members;
        this.retryAfter = retryAfter;
    }

    public static Refusal of(Kind kind, String code, String detail, FieldError... errors) {
        return new Refusal(kind, code, detail, List.of(errors), Map.of(), null);
    }

    public static Refusal invalid(String code, String detail, FieldError... errors) {
        return of(Kind.INVALID, code, detail, errors);
    }

    public static Refusal forbidden(String code, String detail) {
        return of(Kind.FORBIDDEN, code, detail);
    }

    public static Refusal notFound(String code, String detail) {
        return of(Kind.NOT_FOUND, code, detail);
    }

    public static Refusal conflict(String code, String detail) {
        return of(Kind.CONFLICT, code, detail);
    }

    public static Refusal gone(String code, String detail) {
        return of(Kind.GONE, code, detail);
    }

    /** The customer was erased: nothing is known of them any more, and nothing is taken in. */
    public static Refusal customerErased() {
        return gone("customer-erased", "This customer was erased.");
    }

    public static Refusal preconditionFailed(String code, String detail) {
        return of(Kind.PRECONDITION_FAILED, code, detail);
    }

    public static Refusal tooLarge(String code, String detail) {
        return of(Kind.TOO_LARGE, code, detail);
    }

    public static Refusal unprocessable(String code, String detail, FieldError... errors) {
        return of(Kind.UNPROCESSABLE, code, detail, errors);
    }

    public static Refusal preconditionRequired(String code, String detail) {
        return of(Kind.PRECONDITION_REQUIRED, code, detail);
    }

    /**
     * Says that asking again may help in a second, unless {@link #retryAfter} says another time.
     */
    public static Refusal unavailable(String code, String detail) {
        return of(Kind.UNAVAILABLE, code, detail).retryAfter(A_MOMENT);
    }

    /** The same refusal, which also says when asking again may help. */
    public Refusal retryAfter(Duration wait) {
        return new Refusal(kind, code, detail, errors, members, wait);
    }

    /** The same refusal, whose problem document also has this member: ids of ours, figures. */
    public Refusal with(String member, Object value) {
        Map<String, Object> more = new TreeMap<>(members);
        more.put(member, value);
        return new Refusal(kind, code, detail, errors, more, retryAfter);
    }

    public Kind kind() {
        return kind;
    }

    public String code() {
        return code;
    }

    public String detail() {
        return detail;
    }

    public List<FieldError> errors() {
        return errors;
    }

    public Map<String, Object> members() {
        return members;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}

package io.rapport.platform.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DatabindException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.PropertyBindingException;
import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says what is wrong with JSON that was sent, by pointer and reason, without quoting it or naming
 * classes.
 */
public final class JsonFailure {

    private static final int MAX_POINTER = 500;
    private static final String WHOLE_NUMBER = "must be a whole number within its range";

    private JsonFailure() {}

    /** The refusal for a failure to read what a client sent. */
    public static Refusal refusal(JacksonException failure) {
        if (causeOf(failure) instanceof Refusal refusal) {
            return below(pointer(failure), refusal);
        }
        if (failure.getCause() instanceof JsonParseException malformed) {
            return refusal(malformed); // somewhere inside of an object, which only adds the path
        }
        if (isTooMuch(failure)) {
            return Refusal.invalid(
                    "json-beyond-limits", "The JSON is too much to read: " + StrictJson.LIMITS);
        }
        if (failure instanceof MismatchedInputException mismatch) {
            if (message(mismatch).startsWith("Trailing token")) {
                return Refusal.invalid("malformed-json", "Something follows the JSON value.");
            }
            return field(pointer(mismatch), reason(mismatch));
        }
        if (failure instanceof DatabindException) {
            boolean number = failure.getCause() instanceof InputCoercionException;
            return field(
                    pointer(failure), number ? WHOLE_NUMBER : "has a value that is not allowed");
        }
        if (message(failure).startsWith("Duplicate field")) {
            return field(pointer(failure), "stands there twice");
        }
        JsonLocation at = failure.getLocation();
        return Refusal.invalid(
                "malformed-json",
                at == null
                        ? "This is not well-formed JSON."
                        : "This is not well-formed JSON: see line %d, column %d."
                                .formatted(at.getLineNr(), at.getColumnNr()));
    }

    /** Whether the failure comes from reading; failing to write an answer is a fault of ours. */
    static boolean isOfInput(JacksonException failure) {
        return isTooMuch(failure) || failure.getProcessor() instanceof JsonParser;
    }

    private static boolean isTooMuch(JacksonException failure) {
        return failure instanceof StreamConstraintsException
                || failure.getCause() instanceof StreamConstraintsException;
    }

    private static Refusal field(String pointer, String reason) {
        return Refusal.invalid(
                "invalid-fields",
                "Some fields are not as they must be.",
                new FieldError(pointer, reason));
    }

    /** A refusal of a part, told of the whole: its pointers begin where the part stands. */
    private static Refusal below(String pointer, Refusal refusal) {
        FieldError[] errors =
                refusal.errors().isEmpty()
                        ? new FieldError[] {new FieldError(pointer, refusal.detail())}
                        : refusal.errors().stream()
                                .map(
                                        error ->
                                                new FieldError(
                                                        pointer + error.pointer(), error.reason()))
                                .toArray(FieldError[]::new);
        return Refusal.of(refusal.kind(), refusal.code(), refusal.detail(), errors);
    }

    private static @Nullable Throwable causeOf(JacksonException failure) {
        Throwable cause = failure.getCause();
        while (cause != null && !(cause instanceof Refusal)) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static String pointer(JacksonException failure) {
        String pointer = "";
        if (failure instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            pointer =
                    mapping.getPath().stream()
                            .map(step -> "/" + step(step))
                            .collect(Collectors.joining());
        } else if (failure.getProcessor() instanceof JsonParser parser) {
            pointer = parser.getParsingContext().pathAsPointer().toString();
        }
        return pointer.length() > MAX_POINTER ? pointer.substring(0, MAX_POINTER) : pointer;
    }

    private static String step(JsonMappingException.Reference step) {
        String name = step.getFieldName();
        return name == null
                ? Integer.toString(step.getIndex())
                : name.replace("~", "~0").replace("/", "~1");
    }

    private static String reason(MismatchedInputException mismatch) {
        if (mismatch instanceof PropertyBindingException) {
            return "is not a field that can be given here";
        }
        Class<?> target = mismatch.getTargetType();
        if (target == null) {
            return "has the wrong type";
        }
        if (target.isEnum()) {
            return "must be one of "
                    + Arrays.stream(target.getEnumConstants())
                            .map(Objects::toString)
                            .collect(Collectors.joining(", "));
        }
        if (target == String.class && mismatch instanceof InvalidFormatException) {
            return StrictJson.TEXT_RULE;
        }
        return "must be " + kind(target);
    }

    private static String kind(Class<?> target) {
        if (CharSequence.class.isAssignableFrom(target)) {
            return "text";
        }
        if (target == UUID.class) {
            return "a UUID";
        }
        if (target == boolean.class || target == Boolean.class) {
            return "true or false";
        }
        if (target == int.class
                || target == long.class
                || target == Integer.class
                || target == Long.class) {
            return WHOLE_NUMBER.replace("must be ", "");
        }
        if (target.isPrimitive() || Number.class.isAssignableFrom(target)) {
            return "a number";
        }
        if (Temporal.class.isAssignableFrom(target)) {
            return "a time in ISO 8601, such as 2026-11-21T10:15:30Z";
        }
        if (Collection.class.isAssignableFrom(target) || target.isArray()) {
            return "an array";
        }
        if (target.isRecord() || Map.class.isAssignableFrom(target)) {
            return "an object";
        }
        return "a value of its kind: see the API's description";
    }

    private static String message(JacksonException failure) {
        return Objects.requireNonNullElse(failure.getOriginalMessage(), "");
    }
}

package io.rapport.customer.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rapport.platform.Refusal;
import io.rapport.platform.http.JsonFailure;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JSON merge patch (RFC 7396) on a record: members of the patch replace, null takes away, what is
 * not named stays. The outcome is validated as a whole, and an unknown member is refused with its
 * pointer, even when it is null.
 */
@Singleton
public final class MergePatch {

    /** The media type of merge patches. */
    static final String MEDIA_TYPE = "application/merge-patch+json";

    private final ObjectMapper json;
    private final Validator validator;

    MergePatch(ObjectMapper json, Validator validator) {
        this.json = json;
        this.validator = validator;
    }

    /**
     * The outcome on {@code current}, or on nothing. Refused with the pointers of what is wrong
     * when the outcome cannot be.
     */
    public <T> T apply(@Nullable T current, JsonNode patch, Class<T> type) {
        if (!patch.isObject()) {
            throw Refusal.invalid(
                    "invalid-patch", "A merge patch is a JSON object with the members to change.");
        }
        if (holdsNull(patch)) {
            // Once with the nulls still there, so that a name that does not exist is refused
            // whatever its value.
            read(merged(json.valueToTree(current), patch, true), type);
        }
        T patched = read(merged(json.valueToTree(current), patch, false), type);
        Set<ConstraintViolation<T>> violations = validator.validate(patched);
        if (!violations.isEmpty()) {
            throw new ConstraintViolationException(violations);
        }
        return patched;
    }

    /** Whether merging takes something away. */
    private static boolean holdsNull(JsonNode patch) {
        return patch.valueStream()
                .anyMatch(value -> value.isNull() || (value.isObject() && holdsNull(value)));
    }

    /** Recursion is bounded by the depth that the parser lets through. */
    private JsonNode merged(JsonNode target, JsonNode patch, boolean keepNulls) {
        if (!patch.isObject()) {
            return patch;
        }
        ObjectNode result = target.isObject() ? (ObjectNode) target : json.createObjectNode();
        for (Map.Entry<String, JsonNode> member : patch.properties()) {
            if (member.getValue().isNull() && !keepNulls) {
                result.remove(member.getKey());
            } else {
                JsonNode old = result.path(member.getKey());
                result.set(member.getKey(), merged(old, member.getValue(), keepNulls));
            }
        }
        return result;
    }

    private <T> T read(JsonNode tree, Class<T> type) {
        try {
            return json.treeToValue(tree, type);
        } catch (JsonProcessingException e) {
            throw JsonFailure.refusal(e);
        }
    }
}

package io.rapport.platform.http;

import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells Bean Validation's findings by JSON pointer into the body, or by the name of the parameter.
 */
final class Violations {

    private Violations() {}

    /** The refusal of what a client sent; empty when what failed is an answer of ours. */
    static Optional<Refusal> refusal(ConstraintViolationException failure) {
        List<FieldError> errors = new ArrayList<>();
        for (ConstraintViolation<?> violation : failure.getConstraintViolations()) {
            List<Path.Node> path = new ArrayList<>();
            violation.getPropertyPath().forEach(path::add);
            if (path.stream().anyMatch(node -> node.getKind() == ElementKind.RETURN_VALUE)) {
                return Optional.empty();
            }
            errors.add(new FieldError(place(violation, path), violation.getMessage()));
        }
        errors.sort(Comparator.comparing(FieldError::pointer).thenComparing(FieldError::reason));
        return Optional.of(
                Refusal.invalid(
                        "invalid-fields",
                        "Some fields are not as they must be.",
                        errors.toArray(FieldError[]::new)));
    }

    private static String place(ConstraintViolation<?> violation, List<Path.Node> path) {
        if (path.isEmpty() || path.getFirst().getKind() != ElementKind.METHOD) {
            return pointer(path);
        }
        List<Path.Node> below = path.subList(Math.min(2, path.size()), path.size());
        String parameter = path.size() < 2 ? null : parameter(violation.getRootBeanClass(), path);
        return parameter == null ? pointer(below) : parameter;
    }

    /**
     * The name of the query, path or header parameter that the second node stands for; null when it
     * is the body.
     */
    private static @Nullable String parameter(Class<?> resource, List<Path.Node> path) {
        Path.MethodNode call = path.getFirst().as(Path.MethodNode.class);
        int index = path.get(1).as(Path.ParameterNode.class).getParameterIndex();
        Class<?>[] types = call.getParameterTypes().toArray(Class<?>[]::new);
        // Interceptors subclass the resource without its annotations.
        for (Class<?> type = resource; type != null; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.getName().equals(call.getName())
                        && List.of(method.getParameterTypes()).equals(List.of(types))) {
                    String name = name(method.getParameterAnnotations()[index]);
                    if (name != null) {
                        return name;
                    }
                }
            }
        }
        return null;
    }

    private static @Nullable String name(Annotation[] annotations) {
        for (Annotation annotation : annotations) {
            switch (annotation) {
                case QueryParam query -> {
                    return query.value();
                }
                case PathParam path -> {
                    return path.value();
                }
                case HeaderParam header -> {
                    return header.value();
                }
                default -> {}
            }
        }
        return null;
    }

    private static String pointer(List<Path.Node> path) {
        StringBuilder pointer = new StringBuilder();
        for (Path.Node node : path) {
            if (node.getIndex() != null) {
                pointer.append('/').append(node.getIndex());
            } else if (node.getKey() != null) {
                pointer.append('/').append(escaped(node.getKey().toString()));
            }
            if (node.getKind() == ElementKind.PROPERTY && node.getName() != null) {
                pointer.append('/').append(escaped(node.getName()));
            }
        }
        return pointer.toString();
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}

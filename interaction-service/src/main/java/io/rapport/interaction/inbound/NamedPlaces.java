package io.rapport.interaction.inbound;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import io.rapport.interaction.intake.Submission;
import io.rapport.platform.http.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The places of a submission whose names are ours. What lies below, or beside, its sender has
 * named, and a name may say anything: so it is content.
 */
@ApplicationScoped
class NamedPlaces {

    private static final int MAX_ERRORS = 20;

    private final Set<String> pointers = new TreeSet<>();

    NamedPlaces(ObjectMapper json) {
        add(json, "", json.constructType(Submission.class));
    }

    private void add(ObjectMapper json, String above, JavaType type) {
        for (BeanPropertyDefinition member :
                json.getDeserializationConfig().introspect(type).findProperties()) {
            String pointer = above + "/" + member.getName();
            pointers.add(pointer);
            if (member.getPrimaryType().getRawClass().isRecord()) {
                add(json, pointer, member.getPrimaryType());
            }
        }
    }

    /** The same problem without a name that came with the message. */
    Problem withoutContent(Problem problem) {
        List<Problem.Field> errors =
                problem.errors().stream()
                        .map(error -> new Problem.Field(place(error), null, error.reason()))
                        .distinct()
                        .limit(MAX_ERRORS)
                        .toList();
        return new Problem(
                problem.type(),
                problem.title(),
                problem.status(),
                problem.detail(),
                problem.instance(),
                problem.code(),
                errors,
                problem.members());
    }

    private String place(Problem.Field error) {
        String pointer = error.pointer() == null ? "" : error.pointer();
        while (!pointer.isEmpty() && !pointers.contains(pointer)) {
            pointer = pointer.substring(0, Math.max(0, pointer.lastIndexOf('/')));
        }
        return pointer;
    }
}

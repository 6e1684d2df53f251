package io.rapport.customer.profile;

import io.rapport.platform.Ids;
import io.rapport.platform.Refusal;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** That a customer is something to another one, and what. */
@Schema(
        requiredProperties = {"type", "customer"},
        examples = Relation.EXAMPLE)
public record Relation(
        RelationType type, @Schema(description = "The other customer's id.") UUID customer) {

    static final String EXAMPLE =
            """
            {"type": "WORKS_FOR", "customer": "019aa5c2-7b10-7c3e-9d54-3f1f0d6a2b11"}""";

    /** The order in which a customer's relations stand. */
    static final Comparator<Relation> ORDER =
            Comparator.comparing((Relation relation) -> relation.type().name())
                    .thenComparing(Relation::customer, Ids.BY_VALUE);

    static List<Relation> with(List<Relation> all, Relation relation) {
        return all.contains(relation)
                ? all
                : Stream.concat(all.stream(), Stream.of(relation)).sorted(ORDER).toList();
    }

    /** Refuses one more of a type of which there are as many as there can be. */
    static void requireRoom(List<Relation> before, List<Relation> after) {
        for (RelationType type : RelationType.values()) {
            long count = count(after, type);
            if (count > type.most && count > count(before, type)) {
                throw Refusal.conflict(
                        "too-many-relations",
                        "The customer has at most %d of this type. Take the other away first."
                                .formatted(type.most));
            }
        }
    }

    private static long count(List<Relation> all, RelationType type) {
        return all.stream().filter(relation -> relation.type == type).count();
    }

    /** Whether a customer with these can have one more of the type. */
    static boolean hasRoom(List<Relation> all, RelationType type) {
        return count(all, type) < type.most;
    }

    static List<Relation> without(List<Relation> all, Relation relation) {
        if (!all.contains(relation)) {
            throw Refusal.notFound(
                    "unknown-relation", "The customer has no such relation to that customer.");
        }
        return all.stream().filter(other -> !other.equals(relation)).toList();
    }
}

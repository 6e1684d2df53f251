package io.rapport.customer.profile;

import io.rapport.platform.Refusal;
import io.rapport.platform.Refusal.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What partners read and write of a profile. A customer may be shared with sources that are not
 * theirs, so they see what is needed to address it in the right way, and take nothing away that
 * they do not see.
 */
public final class PartnersPart {

    private PartnersPart() {}

    /** Names, how and in which language to address the customer, and by which calendar. */
    static Profile seen(Profile whole) {
        return new Profile(
                whole.kind(),
                whole.displayName(),
                whole.givenName(),
                whole.familyName(),
                whole.addressAs(),
                whole.language(),
                whole.timeZone(),
                whole.country(),
                null,
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of());
    }

    /** Refuses what staff alone say: stage, tags, custom attributes, and what is verified. */
    public static void requireWritable(Profile given) {
        List<FieldError> errors = new ArrayList<>();
        if (given.lifecycleStage() != null) {
            errors.add(forStaff("/lifecycleStage"));
        }
        if (!given.tags().isEmpty()) {
            errors.add(forStaff("/tags"));
        }
        if (!given.attributes().isEmpty()) {
            errors.add(forStaff("/attributes"));
        }
        for (int i = 0; i < given.contactPoints().size(); i++) {
            if (given.contactPoints().get(i).verified()) {
                errors.add(forStaff("/contactPoints/" + i + "/verified"));
            }
        }
        if (!errors.isEmpty()) {
            throw Refusal.of(
                    Refusal.Kind.FORBIDDEN,
                    "field-is-for-staff",
                    "Staff alone say where a customer stands, tag it, give it attributes, and tell what is verified.",
                    errors.toArray(FieldError[]::new));
        }
    }

    private static FieldError forStaff(String pointer) {
        return new FieldError(pointer, "must be left out by a partner");
    }

    /** What is given takes the place of what was there, in lists it comes to it; the rest stays. */
    static Profile amended(Profile current, Profile given) {
        return new Profile(
                or(given.kind(), current.kind()),
                or(given.displayName(), current.displayName()),
                or(given.givenName(), current.givenName()),
                or(given.familyName(), current.familyName()),
                or(given.addressAs(), current.addressAs()),
                or(given.language(), current.language()),
                or(given.timeZone(), current.timeZone()),
                or(given.country(), current.country()),
                or(given.birthday(), current.birthday()),
                or(given.occupation(), current.occupation()),
                current.lifecycleStage(),
                both(current.declaredValues(), given.declaredValues()),
                current.tags(),
                both(current.lifeEvents(), given.lifeEvents()),
                ContactPoints.withMore(current.contactPoints(), given.contactPoints()),
                current.attributes());
    }

    private static <T> @Nullable T or(@Nullable T given, @Nullable T current) {
        return given == null ? current : given;
    }

    private static <T> List<T> both(List<T> current, List<T> given) {
        return Stream.concat(current.stream(), given.stream()).toList();
    }
}

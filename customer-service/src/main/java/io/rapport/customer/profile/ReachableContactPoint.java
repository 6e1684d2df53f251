package io.rapport.customer.profile;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A contact point with what its kind needs, and nothing that belongs to another kind. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = ReachableContactPoint.Validator.class)
public @interface ReachableContactPoint {

    String message() default "must have what its kind needs";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Names each field that is wrong. */
    final class Validator implements ConstraintValidator<ReachableContactPoint, ContactPoint> {
        @Override
        public boolean isValid(@Nullable ContactPoint point, ConstraintValidatorContext context) {
            if (point == null || isWithoutKind(point)) {
                return true;
            }
            context.disableDefaultConstraintViolation();
            Map<String, String> faults = point.faults();
            faults.forEach(
                    (field, reason) ->
                            context.buildConstraintViolationWithTemplate(reason)
                                    .addPropertyNode(field)
                                    .addConstraintViolation());
            return faults.isEmpty();
        }

        /** What a body did not say is null, whatever the type promises. */
        private static boolean isWithoutKind(ContactPoint point) {
            @Nullable ContactKind kind = point.kind();
            return kind == null;
        }
    }
}

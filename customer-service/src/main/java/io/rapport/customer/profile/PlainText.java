package io.rapport.customer.profile;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;

/**
 * One line of text in any script: not blank, at most {@code max} code points, no control characters
 * (a zero byte among them) and no half of a surrogate pair, which a database could not store.
 */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = PlainText.Validator.class)
public @interface PlainText {

    int max();

    String message() default
            "must have 1 to {max} characters, not only blanks, and no control characters";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Null is valid: that a value is there is another rule. */
    final class Validator implements ConstraintValidator<PlainText, String> {
        private static final int REPLACEMENT = 0xFFFD;

        private int max;

        @Override
        public void initialize(PlainText constraint) {
            max = constraint.max();
        }

        @Override
        public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
            return text == null || fits(text, max);
        }

        public static boolean fits(String text, int max) {
            return !text.isBlank()
                    && text.codePointCount(0, text.length()) <= max
                    && text.codePoints().allMatch(Validator::printable);
        }

        /** The first characters of a text, with a mark in place of each that is not printable. */
        public static String shown(String text, int max) {
            return text.codePoints()
                    .limit(max)
                    .map(codePoint -> printable(codePoint) ? codePoint : REPLACEMENT)
                    .collect(
                            StringBuilder::new,
                            StringBuilder::appendCodePoint,
                            StringBuilder::append)
                    .toString();
        }

        private static boolean printable(int codePoint) {
            int type = Character.getType(codePoint);
            return type != Character.CONTROL && type != Character.SURROGATE;
        }
    }
}

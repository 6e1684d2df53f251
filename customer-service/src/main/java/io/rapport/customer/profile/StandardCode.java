package io.rapport.customer.profile;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.ZoneId;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A code out of a published list, as this JDK knows it. Null is valid. */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = StandardCode.Validator.class)
public @interface StandardCode {

    /** Which list. */
    enum Kind {
        /** A well-formed BCP 47 tag whose two-letter language exists. */
        LANGUAGE {
            @Override
            boolean knows(String code) {
                try {
                    String language =
                            new Locale.Builder().setLanguageTag(code).build().getLanguage();
                    return language.length() == 2
                            ? LANGUAGES.contains(language)
                            : language.length() == 3;
                } catch (IllformedLocaleException e) {
                    return false;
                }
            }
        },
        /** A name of the IANA time zone database. */
        TIME_ZONE {
            @Override
            boolean knows(String code) {
                return ZONES.contains(code);
            }
        },
        /** Two upper-case letters of ISO 3166-1. */
        COUNTRY {
            @Override
            boolean knows(String code) {
                return COUNTRIES.contains(code);
            }
        };

        private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());
        private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());
        private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

        abstract boolean knows(String code);
    }

    Kind value();

    String message();

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Asks the list. */
    final class Validator implements ConstraintValidator<StandardCode, String> {
        private Kind kind = Kind.COUNTRY;

        @Override
        public void initialize(StandardCode constraint) {
            kind = constraint.value();
        }

        @Override
        public boolean isValid(@Nullable String code, ConstraintValidatorContext context) {
            return code == null || kind.knows(code);
        }
    }
}

package io.rapport.platform;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import io.rapport.platform.testing.ArchitectureRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What keeps the platform small, and free of business. */
class ArchitectureTest {

    private static final String ROOT = "io.rapport.platform";
    private static final long MOST_LINES = 5_500;

    @Test
    void the_rules_of_every_module_hold() {
        ArchitectureRules.verify(ROOT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "timer", "security"})
    void http_and_timer_and_security_do_not_know_each_other(String one) {
        String[] others =
                Stream.of("http", "timer", "security")
                        .filter(other -> !other.equals(one))
                        .map(other -> ROOT + "." + other + "..")
                        .toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage(ROOT + "." + one + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .check(ArchitectureRules.production(ROOT));
    }

    /** Why so many: docs/adr/0011 and 0012. */
    @Test
    void the_platform_stays_small() {
        ArchitectureRules.verifySize(MOST_LINES);
    }
}

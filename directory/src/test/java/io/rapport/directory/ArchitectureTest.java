package io.rapport.directory;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import io.rapport.platform.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

/** What keeps this module apart from the mechanism that it stands on. */
class ArchitectureTest {

    private static final String ROOT = "io.rapport.directory";

    @Test
    void the_rules_of_every_module_hold() {
        ArchitectureRules.verify(ROOT);
    }

    @Test
    void the_platform_runs_without_a_directory() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "..")
                .check(ArchitectureRules.production("io.rapport.platform"));
    }
}

package io.rapport.operations;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import io.rapport.platform.testing.ArchitectureRules;
import io.rapport.platform.testing.EndpointRules;
import org.junit.jupiter.api.Test;

/** What keeps this module apart from the mechanism that runs by itself, and small. */
class ArchitectureTest {

    private static final String ROOT = "io.rapport.operations";
    private static final long MOST_LINES = 1_500;

    @Test
    void the_rules_of_every_module_hold() {
        ArchitectureRules.verify(ROOT);
    }

    @Test
    void every_endpoint_names_its_roles_and_what_it_does() {
        EndpointRules.verify(ROOT);
    }

    @Test
    void the_platform_runs_without_operators() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "..")
                .check(ArchitectureRules.production("io.rapport.platform"));
    }

    /** Why so many: docs/adr/0013. */
    @Test
    void it_stays_small() {
        ArchitectureRules.verifySize(MOST_LINES);
    }
}

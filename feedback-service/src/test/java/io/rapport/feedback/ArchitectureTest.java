package io.rapport.feedback;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import io.rapport.platform.testing.ArchitectureRules;
import io.rapport.platform.testing.EndpointRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void the_rules_of_every_module_hold() {
        ArchitectureRules.verify("io.rapport.feedback");
    }

    @Test
    void features_do_not_depend_on_each_other_in_circles() {
        slices().matching("io.rapport.feedback.(*)..")
                .should()
                .beFreeOfCycles()
                .check(ArchitectureRules.production("io.rapport.feedback"));
    }

    @Test
    void every_endpoint_names_its_roles_and_what_it_does() {
        EndpointRules.verify("io.rapport.feedback");
    }
}

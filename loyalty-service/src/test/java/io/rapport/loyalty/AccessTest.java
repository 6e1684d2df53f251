package io.rapport.loyalty;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.AccessMatrix;
import io.rapport.platform.testing.SuiteResource;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Made from the API's description: what each role may do, and what it must not even learn. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class AccessTest {

    @Test
    void no_role_does_or_learns_what_is_not_its_own() {
        try (Surroundings surroundings = new Surroundings()) {
            UUID customer = surroundings.customer();
            AccessMatrix.of("loyalty-service")
                    .there("/loyalty/accounts/{customer}", customer)
                    .there("/loyalty/accounts/{customer}/entries", customer)
                    .there("/loyalty/customers/{customer}/export", customer)
                    .verify();
        }
    }
}

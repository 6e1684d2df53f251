package io.rapport.interaction;

import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.purchase;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.fact.FactsApi;
import io.rapport.interaction.promise.PromisesApi;
import io.rapport.platform.testing.AccessMatrix;
import io.rapport.platform.testing.SuiteResource;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/** Made from the API's description: what each role may do, and what it must not even learn. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class AccessTest {

    @Test
    void no_role_does_or_learns_what_is_not_its_own() {
        InteractionsApi.Customer customer = newCustomer();
        String id = InteractionsApi.post(purchase(customer)).path("id");
        String fact = FactsApi.told(id, "size", "42");
        String promise =
                PromisesApi.promised(customer, Clock.systemUTC().instant().plusSeconds(3_600));
        AccessMatrix.of("interaction-service")
                .there("/interactions/{id}", id)
                .there("/interactions/customers/{customer}/export", customer.id())
                .there("/interactions/{interaction}/promises", id)
                .there("/interactions/promises/{promise}", promise)
                .there("/interactions/promises/{promise}/outcome", promise)
                .there("/interactions/customers/{customer}/promises", customer.id())
                .there("/interactions/{interaction}/facts", id)
                .there("/interactions/facts/{fact}", fact)
                .there("/interactions/facts/{fact}/versions", fact)
                .there("/interactions/facts/{fact}/corrections", fact)
                .there("/interactions/facts/{fact}/forget", fact)
                .there("/interactions/customers/{customer}/facts", customer.id())
                .there("/interactions/customers/{customer}/briefing", customer.id())
                .there("/interactions/customers/{customer}/briefing/ask", customer.id())
                .there("/me/interactions/facts/{fact}/corrections", fact)
                .there("/me/interactions/facts/{fact}/forget", fact)
                .verify();
    }
}

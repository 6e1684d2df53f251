package io.rapport.customer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.customer.consent.ConsentsApi;
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
        String externalId = CustomersApi.newExternalId();
        String id = CustomersApi.put("shop", externalId, "{}").path("id");
        AccessMatrix.of("customer-service")
                .there("/customers/{customer}", id)
                .there("/customers/{customer}/context", id)
                .there("/customers/{customer}/contact-permission", id)
                .there("/customers/{customer}/preferences", id)
                .there("/customers/{customer}/preferences/{key}", id, "drink")
                .there("/customers/{customer}/contact-points", id)
                .there("/customers/{customer}/relations", id)
                .there("/customers/{customer}/history", id)
                .there("/customers/{customer}/segments", id)
                .there("/customers/{customer}/relations/incoming", id)
                .there("/customers/{customer}/consents", id)
                .there("/customers/{customer}/consents/check", id)
                .there("/customers/{customer}/consents/withdraw", id)
                .there(
                        "/customers/{customer}/consents/{consent}/confirm",
                        id,
                        ConsentsApi.pendingOf(id))
                .there("/customers/by/{source}/{externalId}", "shop", externalId)
                .there("/customers/by/{source}/{externalId}/move", "shop", externalId)
                .there("/customers/{customer}/identities", id)
                .there(
                        "/customers/{customer}/identities/{source}/{externalId}",
                        id,
                        "shop",
                        externalId)
                .there("/customers/{customer}/merge", id)
                .there("/customers/{customer}/unmerge", id)
                .there("/customers/{customer}/export", id)
                .there("/customers/{customer}/erase", id)
                .there("/customers/{customer}/erasure", id)
                .there("/customers/{customer}/erasure/certificate", id)
                .there("/customers/{customer}/legal-holds", id)
                .there("/customers/{customer}/login-code", id)
                .there("/customers/{customer}/duplicates", id)
                .there("/customers/{customer}/logins", id)
                .there("/customers/{customer}/logins/{login}", id, "0".repeat(64))
                .there("/customer-imports/{import}/parts/{number}", UUID.randomUUID(), 1)
                .missing("/customer-imports/{import}/parts/{number}", UUID.randomUUID(), 1)
                .missing(
                        "/customers/by/{source}/{externalId}", "shop", CustomersApi.newExternalId())
                .missing(
                        "/customers/{customer}/identities/{source}/{externalId}",
                        UUID.randomUUID(),
                        "shop",
                        CustomersApi.newExternalId())
                .verify();
    }
}

package io.rapport.interaction.fact;

import static io.rapport.interaction.InteractionsApi.as;
import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.newId;
import static io.rapport.interaction.InteractionsApi.purchase;
import static io.rapport.interaction.InteractionsApi.with;
import static io.rapport.interaction.fact.FactsApi.KEY;
import static io.rapport.interaction.fact.FactsApi.interaction;
import static io.rapport.interaction.fact.FactsApi.stated;
import static io.rapport.interaction.fact.FactsApi.tell;
import static io.rapport.interaction.fact.FactsApi.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Staff tell, correct and forget, admins read, partners tell in interactions of their own. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class FactRolesTest {

    @ParameterizedTest
    @CsvSource({
        "agent,    201, 200, 200, 200, 200",
        "manager,  201, 200, 200, 200, 200",
        "admin,    403, 200, 200, 403, 403",
        "partner,  201, 403, 403, 403, 403",
        "customer, 403, 403, 403, 403, 403",
        "nobody,   403, 403, 403, 403, 403",
    })
    void each_role_does_what_is_its_own(
            String role, int tell, int read, int list, int correct, int forget) {
        String token = Tokens.builder().roles(role).subject("x").sources("shop").sign();
        Customer customer = newCustomer();
        String fact = told(customer, "Four");
        Map<String, Object> five = Map.of("version", 1, "reason", "Misheard.", "value", "Five");

        assertThat(
                        List.of(
                                tell(as(token), newId(), interaction(customer), stated(KEY, "Four"))
                                        .statusCode(),
                                as(token).get("/interactions/facts/{f}", fact).statusCode(),
                                as(token)
                                        .get("/interactions/customers/{c}/facts", customer.name())
                                        .statusCode(),
                                as(token)
                                        .header("Idempotency-Key", newId())
                                        .contentType(ContentType.JSON)
                                        .body(five)
                                        .post("/interactions/facts/{f}/corrections", fact)
                                        .statusCode(),
                                as(token)
                                        .post("/interactions/facts/{f}/forget", fact)
                                        .statusCode()))
                .containsExactly(tell, read, list, correct, forget);
    }

    @Test
    void a_partner_tells_in_no_interaction_of_another_source_and_does_not_learn_of_it() {
        Customer customer = newCustomer();
        String ofShop = interaction(customer);
        String ofTill = interaction(with(purchase(customer), "source", "till"));
        String till = Tokens.partner("till");

        tell(as(till), newId(), ofTill, stated(KEY, "Four"))
                .then()
                .statusCode(201)
                .body("teller", equalTo("PARTNER"));
        Response foreign = tell(as(till), newId(), ofShop, stated(KEY, "Four"));
        Response none = tell(as(till), newId(), newId(), stated(KEY, "Four"));
        foreign.then().statusCode(404).body("code", equalTo("unknown-interaction"));
        assertThat(foreign.<String>path("detail")).isEqualTo(none.path("detail"));
        assertThat(foreign.headers().hasHeaderWithName("Rapport-Version")).isFalse();
    }
}

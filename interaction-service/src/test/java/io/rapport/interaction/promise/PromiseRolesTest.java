package io.rapport.interaction.promise;

import static io.rapport.interaction.InteractionsApi.as;
import static io.rapport.interaction.InteractionsApi.newCustomer;
import static io.rapport.interaction.InteractionsApi.newId;
import static io.rapport.interaction.InteractionsApi.post;
import static io.rapport.interaction.InteractionsApi.purchase;
import static io.rapport.interaction.InteractionsApi.with;
import static io.rapport.interaction.promise.PromisesApi.callBack;
import static io.rapport.interaction.promise.PromisesApi.interaction;
import static io.rapport.interaction.promise.PromisesApi.make;
import static io.rapport.interaction.promise.PromisesApi.promised;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.interaction.InteractionsApi.Customer;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Staff promise and settle, admins read, partners do so in interactions of their own sources. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class PromiseRolesTest {

    @Inject Clock clock;

    private Instant due;

    @BeforeEach
    void look_at_the_clock() {
        due = clock.instant().plus(Duration.ofDays(1));
    }

    @ParameterizedTest
    @CsvSource({
        "agent,    201, 200, 200, 200",
        "manager,  201, 200, 200, 200",
        "admin,    403, 403, 200, 200",
        "partner,  201, 200, 200, 403",
        "customer, 403, 403, 403, 403",
        "nobody,   403, 403, 403, 403",
    })
    void each_role_does_what_is_its_own(String role, int make, int settle, int read, int list) {
        String token = Tokens.builder().roles(role).subject("x").sources("shop").sign();
        Customer customer = newCustomer();
        String promise = promised(customer, due);

        assertThat(
                        List.of(
                                make(as(token), newId(), interaction(customer), callBack(due))
                                        .statusCode(),
                                settle(token, promise).statusCode(),
                                as(token).get("/interactions/promises/{p}", promise).statusCode(),
                                as(token)
                                        .get(
                                                "/interactions/customers/{c}/promises",
                                                customer.name())
                                        .statusCode()))
                .containsExactly(make, settle, read, list);
    }

    @Test
    void a_partner_meets_nothing_of_another_source_not_even_that_it_is_there() {
        Customer customer = newCustomer();
        String ofShop = interaction(customer);
        String ofTill = post(with(purchase(customer), "source", "till")).path("id");
        String promise = promised(customer, due);
        String till = Tokens.partner("till");

        make(as(till), newId(), ofTill, callBack(due)).then().statusCode(201);
        same(
                "unknown-interaction",
                make(as(till), newId(), ofShop, callBack(due)),
                make(as(till), newId(), newId(), callBack(due)));
        same("unknown-promise", settle(till, promise), settle(till, newId()));
        same(
                "unknown-promise",
                as(till).get("/interactions/promises/{p}", promise),
                as(till).get("/interactions/promises/{p}", newId()));
    }

    private static void same(String code, Response foreign, Response none) {
        foreign.then().statusCode(404).body("code", equalTo(code));
        assertThat(foreign.<String>path("detail")).isEqualTo(none.path("detail"));
        assertThat(foreign.headers().hasHeaderWithName("Rapport-Version")).isFalse();
    }

    private static Response settle(String token, String promise) {
        return as(token)
                .contentType("application/json")
                .body("{\"outcome\": \"KEPT\"}")
                .post("/interactions/promises/{p}/outcome", promise);
    }
}

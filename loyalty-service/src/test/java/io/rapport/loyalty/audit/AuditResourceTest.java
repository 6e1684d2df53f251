package io.rapport.loyalty.audit;

import static io.rapport.loyalty.Surroundings.awaitBalance;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.rapport.loyalty.Surroundings;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
@TestProfile(AuditResourceTest.SmallPages.class)
class AuditResourceTest {

    /** Pages so small that accounts and entries lie across their borders. */
    public static final class SmallPages implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "rapport.loyalty.audit.accounts-per-page", "2",
                    "rapport.loyalty.audit.entries-per-page", "3",
                    "rapport.loyalty.audit.differences-reported", "1");
        }
    }

    @Inject Jdbi jdbi;

    @Test
    void accounts_that_drifted_are_found_and_all_others_proved() {
        UUID one;
        UUID other;
        try (Surroundings surroundings = new Surroundings()) {
            one = surroundings.customer();
            other = surroundings.customer();
            for (int i = 0; i < 3; i++) {
                earnSeven(surroundings, surroundings.customer());
            }
            earnSeven(surroundings, one);
            earnSeven(surroundings, other);
        }
        audit().body("accounts", equalTo(5))
                .body("entries", equalTo(35))
                .body("differing", equalTo(0))
                .body("differences", empty());

        drift(one, 1);
        audit().body("differing", equalTo(1))
                .body("differences[0].customer", equalTo(one.toString()))
                .body("differences[0].programme", equalTo("default"))
                .body("differences[0].faults", hasItem("balance is 8, the entries make 7"));

        drift(other, 1);
        audit().body("accounts", greaterThanOrEqualTo(5))
                .body("differing", equalTo(2))
                .body("differences.size()", equalTo(1));

        drift(one, -1);
        drift(other, -1);
        audit().body("differing", equalTo(0));
    }

    @Test
    void only_admins_audit() {
        given().post("/loyalty/audit").then().statusCode(401);
        for (String token :
                new String[] {Tokens.agent(), Tokens.manager(), Tokens.partner("shop")}) {
            given().auth().oauth2(token).post("/loyalty/audit").then().statusCode(403);
        }
    }

    private static void earnSeven(Surroundings surroundings, UUID customer) {
        for (int sequence = 1; sequence <= 7; sequence++) {
            surroundings.purchase(customer, sequence, "1.00");
        }
        awaitBalance(customer, 7);
    }

    private void drift(UUID customer, int points) {
        jdbi.useHandle(
                handle ->
                        handle.execute(
                                "UPDATE account SET balance = balance + ?, earned = earned + ? WHERE customer_id = ?",
                                points,
                                points,
                                customer));
    }

    private static ValidatableResponse audit() {
        return given().auth().oauth2(Tokens.admin()).post("/loyalty/audit").then().statusCode(200);
    }
}

package io.rapport.loyalty.audit;

import static io.rapport.loyalty.Surroundings.awaitBalance;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.rapport.loyalty.Surroundings;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.SQLException;
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
        int accounts = audit().extract().path("accounts");
        int entries = audit().extract().path("entries");
        UUID one = holderOfSeven();
        UUID other = holderOfSeven();
        for (int i = 0; i < 3; i++) {
            holderOfSeven();
        }
        audit().body("accounts", equalTo(accounts + 5))
                .body("entries", equalTo(entries + 35))
                .body("differing", equalTo(0))
                .body("differences", empty());

        drift(one, 1);
        assertDiffers(one, "balance is 8, the entries make 7");

        drift(other, 1);
        audit().body("differing", equalTo(2)).body("differences.size()", equalTo(1));

        drift(one, -1);
        drift(other, -1);
        audit().body("differing", equalTo(0));
    }

    @Test
    void an_account_that_was_set_back_together_with_its_figures_is_found() {
        UUID customer = holderOfSeven();
        set(customer, 6);
        assertDiffers(customer, "version is 6, the entries go on to 7");
        set(customer, 0);
        assertDiffers(customer, "version is 0, the entries go on to 7");
        set(customer, 7);
        audit().body("differing", equalTo(0));
    }

    @Test
    void an_entry_whose_amount_is_not_worth_its_points_is_found() throws SQLException {
        UUID customer = holderOfSeven();
        amountOfThird(customer, 2);
        assertDiffers(customer, "entry 3: requested is 1, its amount makes 2");
        amountOfThird(customer, 1);
        audit().body("differing", equalTo(0));
    }

    @Test
    void points_that_move_meanwhile_are_no_difference() {
        try (Surroundings surroundings = new Surroundings()) {
            UUID one = surroundings.customer();
            UUID other = surroundings.customer();
            for (int sequence = 1; sequence <= 60; sequence++) {
                surroundings.purchase(one, sequence, "1.00");
                surroundings.purchase(other, sequence, "1.00");
                if (sequence % 4 == 0) {
                    audit().body("differing", equalTo(0));
                }
            }
            awaitBalance(one, 60);
            awaitBalance(other, 60);
        }
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

    /** A customer with seven points by seven purchases. */
    private static UUID holderOfSeven() {
        try (Surroundings surroundings = new Surroundings()) {
            UUID customer = surroundings.customer();
            for (int sequence = 1; sequence <= 7; sequence++) {
                surroundings.purchase(customer, sequence, "1.00");
            }
            awaitBalance(customer, 7);
            return customer;
        }
    }

    private static void assertDiffers(UUID customer, String fault) {
        audit().body("differing", equalTo(1))
                .body("differences[0].customer", equalTo(customer.toString()))
                .body("differences[0].programme", equalTo("default"))
                .body("differences[0].faults", hasItem(fault));
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

    /** The account as it was after so many purchases. */
    private void set(UUID customer, int purchases) {
        jdbi.useHandle(
                handle ->
                        handle.execute(
                                "UPDATE account SET balance = ?, earned = ?, version = ? WHERE customer_id = ?",
                                purchases,
                                purchases,
                                purchases,
                                customer));
    }

    /** The service has no right to change an entry; its owner has. */
    private static void amountOfThird(UUID customer, int pounds) throws SQLException {
        Databases.asOwner()
                .execute(
                        "UPDATE ledger_entry SET amount = ? WHERE customer_id = ? AND number = 3",
                        pounds,
                        customer);
    }

    private static ValidatableResponse audit() {
        return given().auth().oauth2(Tokens.admin()).post("/loyalty/audit").then().statusCode(200);
    }
}

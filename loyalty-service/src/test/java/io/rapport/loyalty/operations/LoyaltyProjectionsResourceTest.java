package io.rapport.loyalty.operations;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import org.junit.jupiter.api.Test;

/** A reaction is no projection: nobody can make it run again. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class LoyaltyProjectionsResourceTest {

    @Test
    void the_reaction_that_earns_points_cannot_be_replayed() {
        given().auth()
                .oauth2(Tokens.admin())
                .get("/loyalty/projections")
                .then()
                .statusCode(200)
                .body("items.name", contains("directory"));
        given().auth()
                .oauth2(Tokens.admin())
                .put("/loyalty/projections/earning/replay")
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown-projection"));
    }
}

package io.rapport.feedback.intake;

import static io.rapport.feedback.Surroundings.as;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.feedback.Surroundings;
import io.rapport.platform.Ids;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class FeedbackRolesTest {

    private Surroundings surroundings;
    private UUID customer;

    @BeforeEach
    void open() {
        surroundings = new Surroundings();
        customer = surroundings.customer();
    }

    @AfterEach
    void close() {
        surroundings.close();
    }

    @Test
    void agents_managers_and_admins_read_and_nobody_else() {
        String id =
                as(Tokens.agent())
                        .body(feedback("shop:" + customer, "web-survey"))
                        .post("/feedback")
                        .path("id");
        for (String path : List.of("/feedback?customer=" + customer, "/feedback/" + id)) {
            given().get(path).then().statusCode(401).contentType("application/problem+json");
            for (String token :
                    List.of(
                            Tokens.builder().sign(),
                            Tokens.partner("shop"),
                            Tokens.customer("ada"))) {
                as(token).get(path).then().statusCode(403).contentType("application/problem+json");
            }
            for (String token : List.of(Tokens.agent(), Tokens.manager(), Tokens.admin())) {
                as(token).get(path).then().statusCode(200);
            }
        }
    }

    @Test
    void admins_alone_see_parked_events() {
        String path = "/feedback/parked-events";
        given().get(path).then().statusCode(401);
        for (String token :
                List.of(
                        Tokens.agent(),
                        Tokens.manager(),
                        Tokens.partner("shop"),
                        Tokens.customer("ada"))) {
            as(token).get(path).then().statusCode(403);
        }
        as(Tokens.admin()).get(path).then().statusCode(200);
    }

    @Test
    void agents_and_managers_write() {
        String body = feedback("shop:" + customer, "web-survey");
        given().contentType("application/json").body(body).post("/feedback").then().statusCode(401);
        as(Tokens.admin()).body(body).post("/feedback").then().statusCode(403);
        as(Tokens.customer("ada")).body(body).post("/feedback").then().statusCode(403);
        as(Tokens.manager()).body(body).post("/feedback").then().statusCode(201);
    }

    @Test
    void a_partner_speaks_of_its_own_sources_only() {
        String partner = Tokens.partner("shop", "web-survey");
        as(partner)
                .body(feedback("shop:" + customer, "web-survey"))
                .post("/feedback")
                .then()
                .statusCode(201);
        as(partner)
                .body(feedback(customer.toString(), "shop"))
                .post("/feedback")
                .then()
                .statusCode(201);

        refused(partner, feedback("shop:" + customer, "other-survey"));
        refused(partner, feedback("other-shop:" + customer, "shop"));
        refused(
                partner,
                "{\"customer\": \"shop:%s\", \"metric\": \"NPS\", \"rating\": 5}"
                        .formatted(customer));
        refused(Tokens.partner(), feedback("shop:" + customer, "shop"));
    }

    private static void refused(String token, String body) {
        as(token)
                .header("Idempotency-Key", Ids.next().toString())
                .body(body)
                .post("/feedback")
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("code", equalTo("source-not-yours"));
    }

    private static String feedback(String customer, String source) {
        return """
                {"customer": "%s", "metric": "CES", "rating": 6, "source": "%s", "sourceId": "%s"}"""
                .formatted(customer, source, Ids.next());
    }
}

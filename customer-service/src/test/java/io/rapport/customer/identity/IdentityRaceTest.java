package io.rapport.customer.identity;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.getBy;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.CustomersApi.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;

/**
 * Callers who race to create one identity: the primary key of customer_identity decides. One makes
 * the customer; the others update it, or get 412 when they only wanted to create. Nobody makes a
 * second one, and no event is lost.
 */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class IdentityRaceTest {

    private static final int CALLERS = 12;

    @RepeatedTest(5)
    void one_creates_and_the_others_update() throws Exception {
        String externalId = newExternalId();

        List<Response> answers = AtOnce.run(CALLERS, n -> put("race", externalId, profile(n)));

        assertThat(answers)
                .extracting(Response::statusCode)
                .containsOnlyOnce(201)
                .containsOnly(201, 200);
        assertThat(answers)
                .extracting(answer -> answer.<String>path("id"))
                .containsOnly(id(externalId));
        // Each caller's profile became a version of its own, with its event.
        assertThat(answers).extracting(answer -> answer.header("ETag")).doesNotHaveDuplicates();
        assertThat(published(externalId)).isEqualTo(CALLERS);
    }

    @RepeatedTest(5)
    void one_creates_and_those_who_only_create_get_412() throws Exception {
        String externalId = newExternalId();

        List<Response> answers =
                AtOnce.run(
                        CALLERS,
                        n ->
                                put(
                                        agent().header("If-None-Match", "*"),
                                        "race",
                                        externalId,
                                        profile(n)));

        assertThat(answers)
                .extracting(Response::statusCode)
                .containsOnlyOnce(201)
                .containsOnly(201, 412);
        Response winner =
                answers.stream()
                        .filter(answer -> answer.statusCode() == 201)
                        .findFirst()
                        .orElseThrow();
        assertThat(getBy(agent(), "race", externalId).<String>path("givenName"))
                .isEqualTo(winner.path("givenName"));
        assertThat(published(externalId)).isEqualTo(1);
    }

    private static String profile(int caller) {
        return "{\"givenName\": \"Caller %d\"}".formatted(caller);
    }

    private static String id(String externalId) {
        return getBy(agent(), "race", externalId).path("id");
    }

    /** The customer's counter; also fails when losers of the race left customers behind. */
    private static long published(String externalId) throws Exception {
        Databases database = Databases.asOwner();
        assertThat(
                        database.number(
                                """
                                SELECT count(*) FROM customer c WHERE c.given_name LIKE 'Caller %'
                                AND NOT EXISTS (SELECT FROM customer_identity i WHERE i.customer_id = c.id)
                                """))
                .isZero();
        return database.number(
                "SELECT last FROM customer_sequence WHERE customer_id = ?",
                UUID.fromString(id(externalId)));
    }
}

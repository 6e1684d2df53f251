package io.rapport.customer.erasure;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.get;
import static io.rapport.customer.CustomersApi.known;
import static io.rapport.customer.CustomersApi.merge;
import static io.rapport.customer.CustomersApi.move;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.CustomersApi.patch;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.CustomersApi.unmerge;
import static io.rapport.customer.erasure.ErasureApi.erase;
import static io.rapport.customer.erasure.ErasureApi.held;
import static io.rapport.customer.erasure.ErasureApi.release;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.customer.consent.ConsentsApi;
import io.rapport.customer.search.SearchApi;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers are kept with whom they tell of, and go with them: whatever a command has changed. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class KeptAnswersTest {

    private static final String TELLING = "SELECT count(*) FROM idempotency_key WHERE body LIKE ?";

    private final Databases database = Databases.asOwner();
    private final String mark = "qx" + SearchApi.newName(14);
    private UUID customer;

    @BeforeEach
    void register() {
        customer = registered("{\"familyName\": \"%s\"}".formatted(mark));
    }

    @Test
    void one_of_a_command_that_changed_nothing_goes_with_its_customer() throws Exception {
        patch(customer, "*", "{\"occupation\": \"first\"}").then().statusCode(200);
        restored("2.0").then().statusCode(200);
        String etag = get(customer).header("ETag");
        Response nothing = restored("2.0");
        nothing.then().statusCode(200).header("ETag", etag);
        assertThat(nothing.asString()).contains(mark);
        assertThat(nothing.header("Rapport-Version")).isNotEmpty();

        erase(customer).then().statusCode(202);

        assertThat(database.number(TELLING, "%" + mark + "%")).isZero();
    }

    @Test
    void one_of_every_command_is_kept_with_its_customer() throws Exception {
        String card = newExternalId();
        UUID other = known(card);
        long before = kept();
        patch(customer, "*", "{\"occupation\": \"first\"}").then().statusCode(200);
        restored("2.0").then().statusCode(200);
        restored("2.0").then().statusCode(200);
        contactPoint().then().statusCode(201);
        // It decides nothing before it is confirmed.
        assertThat(ConsentsApi.pendingOf(customer)).isNotNull();
        release(customer, held(customer, mark), mark).then().statusCode(200);
        move(card, customer).then().statusCode(200);
        merge(customer, other).then().statusCode(200);
        unmerge(other).then().statusCode(200);

        assertThat(before).as("the registration").isEqualTo(1);
        assertThat(kept()).isEqualTo(before + 8);
        erase(customer).then().statusCode(202);

        assertThat(database.number(TELLING, "%" + mark + "%")).isZero();
        assertThat(kept()).as("what the erasure answered").isEqualTo(1);
    }

    private long kept() throws Exception {
        return database.number(
                "SELECT count(*) FROM idempotency_key WHERE ? = ANY(customer_ids)", customer);
    }

    private Response restored(String change) {
        return agent().header("Idempotency-Key", UUID.randomUUID())
                .header("If-Match", "*")
                .post("/customers/{customer}/history/{change}/restore", customer, change);
    }

    private Response contactPoint() {
        return agent().header("Idempotency-Key", UUID.randomUUID())
                .contentType(ContentType.JSON)
                .body("{\"kind\": \"EMAIL\", \"value\": \"%s@example.org\"}".formatted(mark))
                .post("/customers/{customer}/contact-points", customer);
    }
}

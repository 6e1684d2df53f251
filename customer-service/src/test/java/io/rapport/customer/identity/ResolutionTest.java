package io.rapport.customer.identity;

import static io.rapport.customer.CustomersApi.addIdentity;
import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.as;
import static io.rapport.customer.CustomersApi.get;
import static io.rapport.customer.CustomersApi.known;
import static io.rapport.customer.CustomersApi.newExternalId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.Databases;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several references at once: one customer, candidates, or nobody. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ResolutionTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String shop = newExternalId();
    private final String card = newExternalId();
    private UUID customer;

    @BeforeEach
    void make() {
        customer = known(shop);
    }

    @Test
    void references_that_name_one_customer_name_it_together() {
        addIdentity(agent(), customer, "card", card).then().statusCode(200);

        resolve(agent(), "shop:" + shop, "card:" + card, customer.toString(), "shop:nobody")
                .then()
                .statusCode(200)
                .header("Content-Location", "/customers/" + customer)
                .header("ETag", get(customer).header("ETag"))
                .header("Rapport-Version", notNullValue())
                .body("id", equalTo(customer.toString()))
                .body("identities.size()", equalTo(2));
    }

    @Test
    void references_that_name_several_are_ambiguous_and_tell_which_names_whom() {
        String others = newExternalId();
        UUID other = known(others);

        Response answer =
                resolve(
                        agent(),
                        "shop:" + shop,
                        "shop:" + others,
                        "shop:nobody",
                        customer.toString());

        answer.then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("code", equalTo("ambiguous-customer"))
                .body(
                        "candidates.customer",
                        equalTo(List.of(customer.toString(), other.toString())))
                .body("candidates[0].namedBy", equalTo(List.of("/references/0", "/references/3")))
                .body("candidates[1].namedBy", equalTo(List.of("/references/1")));
        assertThat(answer.asString()).doesNotContain(shop, others);
    }

    @Test
    void references_that_name_nobody_are_unknown() {
        resolve(agent(), "shop:nobody", UUID.randomUUID().toString())
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown-customer"));
    }

    @Test
    void an_erased_customer_is_gone() throws Exception {
        Databases.asOwner().execute("UPDATE customer SET status = 'ERASED' WHERE id = ?", customer);

        resolve(agent(), "shop:" + shop).then().statusCode(410);
    }

    @Test
    void for_a_partner_foreign_references_name_nobody() {
        addIdentity(agent(), customer, "card", card).then().statusCode(200);
        String others = newExternalId();
        UUID other = known(others);

        resolve(cardPartner(), "shop:" + others, other.toString(), "card:" + card)
                .then()
                .statusCode(200)
                .body("id", equalTo(customer.toString()))
                .body("identities.source", equalTo(List.of("card")));
        resolve(cardPartner(), "shop:" + shop).then().statusCode(404);
        resolve(cardPartner(), other.toString()).then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                      | /references",
                "{\"references\": []}                    | /references",
                "{\"references\": \"shop:1\"}            | /references",
                "{\"references\": [\"shop:1\", null]}    | /references/1",
                "{\"references\": [\"shop:1\", \"x\"]}   | /references/1",
                "{\"references\": [\"login:x\"]}         | /references/0",
                "{\"references\": [\"shop:a@b.example\"]}| /references/0",
            })
    void what_is_no_reference_is_named_by_its_pointer(String body, String pointer) {
        agent().contentType(ContentType.JSON)
                .body(body)
                .post("/customers/resolve")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo(pointer));
    }

    @Test
    void there_are_at_most_twenty() {
        String[] many = Collections.nCopies(21, "shop:" + shop).toArray(String[]::new);
        resolve(agent(), many).then().statusCode(400);
        resolve(agent(), List.of(many).subList(1, 21).toArray(String[]::new))
                .then()
                .statusCode(200);
    }

    private static RequestSpecification cardPartner() {
        return as(Tokens.partner("card"));
    }

    private static Response resolve(RequestSpecification caller, String... references) {
        try {
            return caller.contentType(ContentType.JSON)
                    .body(JSON.writeValueAsString(Map.of("references", references)))
                    .post("/customers/resolve");
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}

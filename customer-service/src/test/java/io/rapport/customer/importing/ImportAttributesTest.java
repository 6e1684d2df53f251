package io.rapport.customer.importing;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.getBy;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.CustomersApi.put;
import static io.rapport.customer.attribute.AttributesApi.choice;
import static io.rapport.customer.attribute.AttributesApi.defined;
import static io.rapport.customer.attribute.AttributesApi.lookUp;
import static io.rapport.customer.attribute.AttributesApi.terms;
import static io.rapport.customer.importing.ImportsApi.plain;
import static io.rapport.customer.importing.ImportsApi.problems;
import static io.rapport.customer.importing.ImportsApi.rows;
import static io.rapport.customer.importing.ImportsApi.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Custom attributes in files: their types, and the unique ones as names of customers. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ImportAttributesTest {

    private static final String UNIQUE = ", \"unique\": true, \"searchable\": true";

    private static Response found(String attribute, String value) {
        return lookUp(attribute, "\"" + value + "\"");
    }

    @Test
    void cells_become_values_by_their_types() {
        String score = defined(terms("DECIMAL", ""));
        String member = defined(terms("BOOLEAN", ""));
        String interests = defined(choice("SEVERAL_OF", "[\"tea\", \"toys\", \"books\"]"));
        String since = defined(terms("DATE", ""));
        String no = newExternalId();

        Response told =
                run(
                        plain("CSV", "UPSERT"),
                        "identity:shop,attribute:%s,attribute:%s,attribute:%s,attribute:%s\n%s,12.50,true,toys; tea,2024-02-29\n"
                                .formatted(score, member, interests, since, no));

        assertThat(rows(told)).containsExactly(1, 0, 0, 0);
        getBy(agent(), "shop", no)
                .then()
                .body("attributes." + score, equalTo(12.5f))
                .body("attributes." + member, equalTo(true))
                .body("attributes." + interests, equalTo(List.of("tea", "toys")))
                .body("attributes." + since, equalTo("2024-02-29"));
    }

    @Test
    void a_value_of_another_type_or_of_no_attribute_is_refused_with_its_row() {
        String score = defined(terms("INTEGER", ""));
        String no = newExternalId();

        Response told =
                run(
                        plain("CSV", "UPSERT"),
                        "identity:shop,attribute:%s,attribute:nobodyKnowsThis\n%s,many,\n%s,,x\n%s,1e9999999,\n%s,7,\n"
                                .formatted(
                                        score,
                                        newExternalId(),
                                        newExternalId(),
                                        newExternalId(),
                                        no));

        assertThat(rows(told)).containsExactly(1, 0, 0, 3);
        List<String> problems = problems(told);
        assertThat(problems).hasSize(3);
        assertThat(problems.get(0)).contains("\"row\":2", "invalid-fields", "/attributes/" + score);
        assertThat(problems.get(1)).contains("\"row\":3", "/attributes/nobodyKnowsThis");
        assertThat(problems.get(2)).contains("\"row\":4", "/attributes/" + score);
        getBy(agent(), "shop", no).then().body("attributes." + score, equalTo(7));
    }

    @Test
    void a_unique_value_names_the_customer_of_a_row() {
        String number = defined(terms("TEXT", UNIQUE));
        String first = newExternalId();
        String second = newExternalId();

        Response made =
                run(
                        plain("CSV", "UPSERT"),
                        "attribute:%s,givenName\n%s,Ada\n%s,Grace\n"
                                .formatted(number, first, second));
        Response again =
                run(
                        plain("CSV", "UPSERT"),
                        "attribute:%s,familyName\n%s,King\n%s,\n".formatted(number, first, second));

        assertThat(rows(made)).containsExactly(2, 0, 0, 0);
        assertThat(rows(again)).containsExactly(0, 1, 1, 0);
        found(number, first)
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].givenName", equalTo("Ada"))
                .body("items[0].familyName", equalTo("King"))
                .body("items[0].identities", hasSize(0));
        found(number, second).then().body("items[0].familyName", nullValue());
    }

    @Test
    void rows_of_one_file_with_one_unique_value_are_of_one_customer() {
        String number = defined(terms("TEXT", UNIQUE));
        String value = newExternalId();

        Response told =
                run(
                        plain("NDJSON", "UPSERT"),
                        """
                        {"attribute:%s": "%s", "givenName": "Ada"}
                        {"attributes": {"%s": "%s"}, "familyName": "King"}
                        """
                                .formatted(number, value, number, value));

        assertThat(rows(told)).containsExactly(1, 1, 0, 0);
        found(number, value)
                .then()
                .body("items", hasSize(1))
                .body("items[0].givenName", equalTo("Ada"))
                .body("items[0].familyName", equalTo("King"));
    }

    @Test
    void null_takes_a_unique_value_away() {
        String number = defined(terms("TEXT", UNIQUE));
        String no = newExternalId();
        put("shop", no, "{\"attributes\": {\"%s\": \"%s\"}}".formatted(number, no))
                .then()
                .statusCode(201);

        Response told =
                run(
                        plain("NDJSON", "UPSERT"),
                        "{\"identity:shop\": \"%s\", \"attribute:%s\": null}\n"
                                .formatted(no, number));

        assertThat(rows(told)).containsExactly(0, 1, 0, 0);
        found(number, no).then().body("items", hasSize(0));
    }

    @Test
    void an_identity_and_a_unique_value_of_two_customers_are_ambiguous() {
        String number = defined(terms("INTEGER", UNIQUE));
        String holder = newExternalId();
        String other = newExternalId();
        put("shop", holder, "{\"attributes\": {\"%s\": 4711}}".formatted(number))
                .then()
                .statusCode(201);
        put("shop", other, "{}").then().statusCode(201);

        Response told =
                run(
                        plain("CSV", "UPSERT"),
                        "identity:shop,attribute:%s,givenName\n%s,4711,Ada\n%s,4711,Grace\n,,Nobody\n"
                                .formatted(number, other, holder));

        assertThat(rows(told)).containsExactly(0, 1, 0, 2);
        List<String> problems = problems(told);
        assertThat(problems.get(0)).contains("\"row\":2", "ambiguous-customer");
        assertThat(problems.get(1)).contains("\"row\":4", "identity-missing");
        getBy(agent(), "shop", holder).then().body("givenName", equalTo("Grace"));
        getBy(agent(), "shop", other).then().body("givenName", nullValue());
    }
}

package io.rapport.customer.attribute;

import static io.rapport.customer.CustomersApi.get;
import static io.rapport.customer.CustomersApi.patch;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.attribute.AttributesApi.change;
import static io.rapport.customer.attribute.AttributesApi.choice;
import static io.rapport.customer.attribute.AttributesApi.defined;
import static io.rapport.customer.attribute.AttributesApi.delete;
import static io.rapport.customer.attribute.AttributesApi.lookUp;
import static io.rapport.customer.attribute.AttributesApi.profile;
import static io.rapport.customer.attribute.AttributesApi.terms;
import static io.rapport.customer.attribute.AttributesApi.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.SuiteResource;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;

/**
 * A definition that changes while values are given. Who gives values holds its row FOR KEY SHARE,
 * who changes it FOR UPDATE, so each sees what the other has done; that a type, or a definition,
 * stays while there are values is the foreign key customer_attribute_has_a_definition.
 */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class AttributeRaceTest {

    @RepeatedTest(5)
    void of_a_value_and_another_type_at_once_one_is_refused() {
        String name = defined(terms("INTEGER", ""));
        UUID customer = registered("{}");

        List<Integer> answers =
                AtOnce.run(
                        2,
                        n ->
                                n == 0
                                        ? patch(customer, "*", profile(name, "1")).statusCode()
                                        : change(name, terms("DATE", "")).statusCode());

        assertThat(answers).isIn(List.of(200, 409), List.of(400, 200));
    }

    @RepeatedTest(5)
    void of_a_value_and_the_end_of_its_definition_at_once_one_is_refused() {
        String name = defined(terms("INTEGER", ""));
        UUID customer = registered("{}");

        List<Integer> answers =
                AtOnce.run(
                        2,
                        n ->
                                n == 0
                                        ? patch(customer, "*", profile(name, "1")).statusCode()
                                        : delete(name, "*").statusCode());

        assertThat(answers).isIn(List.of(200, 409), List.of(400, 200));
    }

    @RepeatedTest(5)
    void of_a_choice_and_its_leaving_out_at_once_one_is_refused() {
        String name = defined(choice("SEVERAL_OF", "[\"a\", \"b\"]"));
        UUID customer = registered("{}");

        List<Integer> answers =
                AtOnce.run(
                        2,
                        n ->
                                n == 0
                                        ? patch(customer, "*", profile(name, "[\"b\"]"))
                                                .statusCode()
                                        : change(name, choice("SEVERAL_OF", "[\"a\"]"))
                                                .statusCode());

        assertThat(answers).isIn(List.of(200, 409), List.of(400, 200));
    }

    /** The unique index customer_attribute_names_one_customer lets one of them through. */
    @RepeatedTest(3)
    void of_many_customers_who_are_given_one_unique_value_one_has_it() {
        String name = unique("INTEGER");
        List<UUID> customers = IntStream.range(0, 8).mapToObj(_ -> registered("{}")).toList();

        List<Integer> answers =
                AtOnce.run(
                        customers.size(),
                        n -> patch(customers.get(n), "*", profile(name, "4711")).statusCode());

        assertThat(answers).containsOnlyOnce(200).containsOnly(200, 409);
        lookUp(name, "4711").then().body("items", hasSize(1));
    }

    /** The guarded update of the customer's row lets one writer of a version through. */
    @RepeatedTest(3)
    void of_many_who_change_one_version_one_does() {
        String name = defined(terms("INTEGER", ""));
        UUID customer = registered("{}");

        List<Integer> answers =
                AtOnce.run(
                        8, n -> patch(customer, "\"1\"", profile(name, "" + (n + 1))).statusCode());

        assertThat(answers).containsOnlyOnce(200).containsOnly(200, 412);
        get(customer).then().header("ETag", "\"2\"");
    }
}

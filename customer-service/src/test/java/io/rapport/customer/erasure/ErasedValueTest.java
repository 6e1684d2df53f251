package io.rapport.customer.erasure;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.get;
import static io.rapport.customer.CustomersApi.merge;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.CustomersApi.patch;
import static io.rapport.customer.CustomersApi.put;
import static io.rapport.customer.CustomersApi.register;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.attribute.AttributesApi.defined;
import static io.rapport.customer.attribute.AttributesApi.profile;
import static io.rapport.customer.attribute.AttributesApi.terms;
import static io.rapport.customer.attribute.AttributesApi.unique;
import static io.rapport.customer.erasure.ErasureApi.erase;
import static io.rapport.customer.erasure.ErasureApi.lift;
import static io.rapport.customer.importing.ImportsApi.imported;
import static io.rapport.customer.importing.ImportsApi.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The value of a unique attribute names an erased customer as an identity does. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class ErasedValueTest {

    private static final int CALLERS = 8;

    private final String passport = newExternalId();

    private static Response make(String profile) {
        return register(agent(), UUID.randomUUID().toString(), profile);
    }

    private static void erased(UUID customer) {
        erase(customer).then().statusCode(202);
    }

    private static String text(String value) {
        return "\"" + value + "\"";
    }

    /** Answers the name of the attribute of which an erased customer had this value, as JSON. */
    private static String erasedWith(String type, String value) {
        String attribute = unique(type);
        erased(registered(profile(attribute, value)));
        return attribute;
    }

    @Test
    void no_way_in_takes_it() {
        String attribute = erasedWith("TEXT", text(passport));
        UUID other = registered("{}");
        String given = profile(attribute, text(passport));
        for (Response answer :
                List.of(
                        make(given),
                        put("shop", newExternalId(), given),
                        patch(other, "*", given))) {
            answer.then()
                    .statusCode(410)
                    .body("code", equalTo("customer-erased"))
                    .body("errors.pointer", equalTo(List.of("/attributes/" + attribute)));
        }
        get(other).then().body("attributes", equalTo(null));
        make(profile(attribute, text(newExternalId()))).then().statusCode(201);
    }

    @Test
    void an_import_refuses_its_row_and_takes_the_others() {
        String attribute = erasedWith("TEXT", text(passport));
        String fresh = newExternalId();

        Response told =
                imported(
                        "CSV",
                        "attribute:%s,givenName\n%s,Ada\n%s,Grace\n"
                                .formatted(attribute, passport, fresh));

        assertThat(rows(told)).isEqualTo(List.of(1, 0, 0, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "17.0", "1.7e1"})
    void a_number_is_the_same_however_it_is_written(String written) {
        String attribute = erasedWith("INTEGER", "17");
        make(profile(attribute, written)).then().statusCode(410);
        assertThat(rows(imported("CSV", "attribute:%s\n%s\n".formatted(attribute, written))))
                .isEqualTo(List.of(0, 0, 0, 1));
    }

    @Test
    void a_lifted_one_names_somebody_new_who_can_be_erased_again() {
        String attribute = erasedWith("TEXT", text(passport));
        String given = profile(attribute, text(passport));
        Response lifted = liftOf(attribute, text(passport));
        lifted.then().statusCode(200);
        liftOf(attribute, text(passport))
                .then()
                .statusCode(200)
                .body("liftedAt", equalTo(lifted.path("liftedAt")));

        Response made = make(given);
        made.then().statusCode(201);
        erase(made.<String>path("id")).then().statusCode(202);
        make(given).then().statusCode(410);
    }

    @Test
    void only_a_value_that_was_erased_is_lifted() {
        String attribute = erasedWith("TEXT", text(passport));
        String plain = defined(terms("TEXT", ""));
        liftOf(attribute, text(newExternalId()))
                .then()
                .statusCode(404)
                .body("code", equalTo("not-erased"));
        liftOf(plain, text(passport))
                .then()
                .statusCode(409)
                .body("code", equalTo("attribute-not-unique"));
        liftOf("a" + plain, text(passport))
                .then()
                .statusCode(404)
                .body("code", equalTo("unknown-attribute"));
        liftOf(attribute, "17").then().statusCode(400).body("code", equalTo("invalid-fields"));
        make(profile(attribute, text(passport))).then().statusCode(410);
    }

    private static Response liftOf(String attribute, String value) {
        return lift("\"attribute\": {\"name\": \"%s\", \"value\": %s}".formatted(attribute, value));
    }

    @Test
    void one_that_was_given_up_is_refused_too() {
        String attribute = unique("TEXT");
        UUID customer = registered(profile(attribute, text(passport)));
        String second = newExternalId();
        patch(customer, "*", profile(attribute, text(second))).then().statusCode(200);
        patch(customer, "*", profile(attribute, "null")).then().statusCode(200);

        erased(customer);

        make(profile(attribute, text(passport))).then().statusCode(410);
        make(profile(attribute, text(second))).then().statusCode(410);
    }

    @Test
    void one_that_another_customer_got_stays_with_that_one() {
        String attribute = unique("TEXT");
        UUID customer = registered(profile(attribute, text(passport)));
        patch(customer, "*", profile(attribute, "null")).then().statusCode(200);
        UUID other = registered(profile(attribute, text(passport)));

        erased(customer);

        String row = "attribute:%s,givenName\n%s,Grace\n".formatted(attribute, passport);
        assertThat(rows(imported("CSV", row))).isEqualTo(List.of(0, 1, 0, 0));
        patch(other, "*", profile(attribute, "null")).then().statusCode(200);
        patch(other, "*", profile(attribute, text(passport))).then().statusCode(200);
    }

    /** Other than an identity: no index tells whose a value was last. */
    @Test
    void one_that_another_customer_got_and_gave_up_is_refused_until_it_is_lifted() {
        String attribute = unique("TEXT");
        UUID customer = registered(profile(attribute, text(passport)));
        patch(customer, "*", profile(attribute, "null")).then().statusCode(200);
        UUID other = registered(profile(attribute, text(passport)));
        patch(other, "*", profile(attribute, "null")).then().statusCode(200);

        erased(customer);

        patch(other, "*", profile(attribute, text(passport))).then().statusCode(410);
        liftOf(attribute, text(passport)).then().statusCode(200);
        patch(other, "*", profile(attribute, text(passport))).then().statusCode(200);
    }

    @Test
    void one_of_a_member_is_erased_with_its_survivor() {
        String attribute = unique("TEXT");
        UUID member = registered(profile(attribute, text(passport)));
        UUID survivor = registered("{}");
        merge(survivor, member).then().statusCode(200);

        erased(survivor);

        make(profile(attribute, text(passport))).then().statusCode(410);
    }

    /** The unique index: who takes the value in waits for who erases it, and then sees its hash. */
    @RepeatedTest(3)
    void it_is_not_taken_in_by_who_comes_at_the_same_time() {
        String attribute = unique("TEXT");
        UUID customer = registered(profile(attribute, text(passport)));

        List<Response> answers =
                AtOnce.run(
                        CALLERS,
                        n -> n == 0 ? erase(customer) : make(profile(attribute, text(passport))));

        answers.getFirst().then().statusCode(202);
        assertThat(answers.subList(1, CALLERS))
                .extracting(Response::statusCode)
                .isSubsetOf(409, 410);
        make(profile(attribute, text(passport))).then().statusCode(410);
    }
}

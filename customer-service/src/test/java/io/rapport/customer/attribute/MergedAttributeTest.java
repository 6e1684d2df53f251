package io.rapport.customer.attribute;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.get;
import static io.rapport.customer.CustomersApi.merge;
import static io.rapport.customer.CustomersApi.patch;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.CustomersApi.unmerge;
import static io.rapport.customer.attribute.AttributesApi.change;
import static io.rapport.customer.attribute.AttributesApi.choice;
import static io.rapport.customer.attribute.AttributesApi.defined;
import static io.rapport.customer.attribute.AttributesApi.lookUp;
import static io.rapport.customer.attribute.AttributesApi.profile;
import static io.rapport.customer.attribute.AttributesApi.terms;
import static io.rapport.customer.attribute.AttributesApi.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.SuiteResource;
import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What custom attributes a survivor shows. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class MergedAttributeTest {

    @ParameterizedTest
    @CsvSource({"FILL, survivor's", "SURVIVOR, survivor's", "MEMBER, member's"})
    void each_attribute_has_the_rule_of_its_definition(String rule, String shown) {
        String name = defined(terms("TEXT", ", \"mergeRule\": \"%s\"".formatted(rule)));
        UUID survivor = registered(profile(name, "\"survivor's\""));
        UUID member = registered(profile(name, "\"member's\""));

        merge(survivor, member)
                .then()
                .statusCode(200)
                .body("customer.attributes." + name, equalTo(shown));
        get(member).then().body("attributes." + name, equalTo(shown));

        unmerge(member).then().statusCode(200);
        get(survivor).then().body("attributes." + name, equalTo("survivor's"));
        get(member).then().body("attributes." + name, equalTo("member's"));
    }

    @Test
    void a_rule_that_is_asked_for_comes_before_the_definition_s() {
        String name = defined(terms("TEXT", ", \"mergeRule\": \"MEMBER\""));
        UUID survivor = registered(profile(name, "\"survivor's\""));
        UUID member = registered(profile(name, "\"member's\""));

        mergeBy(survivor, member, "/attributes/" + name, "SURVIVOR")
                .then()
                .statusCode(200)
                .body("customer.attributes." + name, equalTo("survivor's"))
                .body(from(name), contains(survivor.toString()));
    }

    @Test
    void a_rule_that_is_defined_later_is_for_later_merges() {
        String name = defined(terms("TEXT", ""));
        UUID survivor = registered(profile(name, "\"survivor's\""));
        UUID member = registered(profile(name, "\"member's\""));
        merge(survivor, member).then().statusCode(200);

        change(name, terms("TEXT", ", \"mergeRule\": \"MEMBER\"")).then().statusCode(200);

        get(survivor).then().body("attributes." + name, equalTo("survivor's"));
    }

    @Test
    void lists_hold_what_both_have_in_their_order_and_an_edit_is_the_survivor_s() {
        String name = defined(choice("SEVERAL_OF", "[\"chess\", \"music\", \"sailing\"]"));
        UUID survivor = registered(profile(name, "[\"music\", \"sailing\"]"));
        UUID member = registered(profile(name, "[\"chess\", \"music\"]"));

        merge(survivor, member)
                .then()
                .statusCode(200)
                .body("customer.attributes." + name, contains("chess", "music", "sailing"))
                .body(from(name), containsInAnyOrder(survivor + "", member + ""));
        patch(member, "*", profile(name, "[\"chess\"]"))
                .then()
                .statusCode(200)
                .body("attributes." + name, contains("chess"));

        unmerge(member).then().statusCode(200);
        get(survivor).then().body("attributes." + name, contains("chess"));
        get(member).then().body("attributes." + name, contains("chess", "music"));
    }

    @Test
    void a_unique_value_stays_the_member_s_own() {
        String name = unique("TEXT");
        UUID survivor = registered("{}");
        UUID member = registered(profile(name, "\"M-1\""));
        merge(survivor, member).then().statusCode(200);
        get(survivor).then().body("attributes." + name, equalTo("M-1"));
        patch(survivor, "*", profile(name, "\"M-2\"")).then().statusCode(200);

        patch(survivor, "*", profile(name, "\"M-1\""))
                .then()
                .statusCode(409)
                .body("code", equalTo("attribute-value-taken"));
    }

    @Test
    void a_member_is_found_by_its_value_and_tells_as_whom_it_answers() {
        String name = AttributesApi.searchable("TEXT");
        UUID survivor = registered("{}");
        UUID member = registered(profile(name, "\"x\""));
        merge(survivor, member).then().statusCode(200);

        lookUp(name, "\"x\"")
                .then()
                .statusCode(200)
                .body("items.id", contains(member.toString()))
                .body("items.survivor", contains(survivor.toString()));
    }

    @Test
    void more_text_than_one_customer_may_have() {
        String text = "\"" + "x".repeat(500) + "\"";
        List<String> names = Stream.generate(() -> defined(terms("TEXT", ""))).limit(17).toList();
        UUID survivor = registered(all(names.subList(0, 9), text));
        UUID member = registered(all(names.subList(9, 17), text));

        Response refused = merge(survivor, member);

        refused.then()
                .statusCode(409)
                .body("code", equalTo("merge-exceeds-limits"))
                .body("errors.pointer", contains("/attributes"));
        mergeBy(survivor, member, "/attributes/" + names.getLast(), "SURVIVOR")
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/attributes", "/attributes/", "/attributes/nobodyHasDefinedThis"})
    void a_rule_for_no_attribute_is_refused(String pointer) {
        Response refused = mergeBy(registered("{}"), registered("{}"), pointer, "MEMBER");

        refused.then().statusCode(400).contentType("application/problem+json");
        assertThat(refused.<List<Object>>path("errors.pointer")).isNotEmpty();
        merge(
                        agent(),
                        registered("{}"),
                        "{\"members\": [{\"customer\": \"%s\", \"rules\": {\"%s\": \"FILL\"}}]}"
                                .formatted(registered("{}"), "/preferences"))
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("/members/0/rules"));
    }

    private static String all(List<String> names, String value) {
        return "{\"attributes\": {%s}}"
                .formatted(
                        String.join(
                                ", ",
                                names.stream()
                                        .map(name -> "\"%s\": %s".formatted(name, value))
                                        .toList()));
    }

    private static Response mergeBy(UUID survivor, UUID member, String pointer, String rule) {
        return merge(
                agent(),
                survivor,
                "{\"members\": [{\"customer\": \"%s\", \"rules\": {\"%s\": \"%s\"}}]}"
                        .formatted(member, pointer, rule));
    }

    private static String from(String name) {
        return "values.find { it.path == '/attributes/" + name + "' }.from";
    }
}

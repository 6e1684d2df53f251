package io.rapport.customer.attribute;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.as;
import static io.rapport.customer.CustomersApi.patch;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.attribute.AttributesApi.change;
import static io.rapport.customer.attribute.AttributesApi.choice;
import static io.rapport.customer.attribute.AttributesApi.defined;
import static io.rapport.customer.attribute.AttributesApi.delete;
import static io.rapport.customer.attribute.AttributesApi.manager;
import static io.rapport.customer.attribute.AttributesApi.newName;
import static io.rapport.customer.attribute.AttributesApi.profile;
import static io.rapport.customer.attribute.AttributesApi.put;
import static io.rapport.customer.attribute.AttributesApi.terms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.platform.testing.AtOnce;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class AttributeDefinitionResourceTest {

    @Test
    void a_manager_defines_an_attribute_and_staff_read_it() {
        String name = newName();
        Response made =
                put(
                        name,
                        "If-None-Match",
                        "*",
                        """
                        {"label": "Interests", "type": "SEVERAL_OF", "allowedValues": ["sailing", "chess", "sailing"],
                         "personalData": true, "purposeOfUse": "Invitations", "mergeRule": "MEMBER",
                         "searchable": true}""");
        made.then()
                .statusCode(201)
                .header("ETag", "\"1\"")
                .header("Location", "/attribute-definitions/" + name);

        agent().get("/attribute-definitions/{name}", name)
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("name", equalTo(name))
                .body("label", equalTo("Interests"))
                .body("type", equalTo("SEVERAL_OF"))
                .body("allowedValues", contains("sailing", "chess"))
                .body("personalData", equalTo(true))
                .body("purposeOfUse", equalTo("Invitations"))
                .body("mergeRule", equalTo("MEMBER"))
                .body("unique", equalTo(false))
                .body("searchable", equalTo(true))
                .body("active", equalTo(true))
                .body("createdAt", equalTo(made.path("createdAt")));
        agent().header("If-None-Match", "\"1\"")
                .get("/attribute-definitions/{name}", name)
                .then()
                .statusCode(304);
    }

    @Test
    void a_partner_reads_what_it_may_send_and_only_managers_define() {
        String partner = Tokens.partner("shop");
        as(partner).get("/attribute-definitions").then().statusCode(200);
        as(partner)
                .header("If-None-Match", "*")
                .contentType(ContentType.JSON)
                .body(terms("TEXT", ""))
                .put("/attribute-definitions/{name}", newName())
                .then()
                .statusCode(403);
        agent().header("If-None-Match", "*")
                .contentType(ContentType.JSON)
                .body(terms("TEXT", ""))
                .put("/attribute-definitions/{name}", newName())
                .then()
                .statusCode(403);
    }

    @Test
    void it_is_made_once_and_changed_on_the_version_that_was_read() {
        String name = newName();
        String terms = terms("TEXT", "");
        manager()
                .contentType(ContentType.JSON)
                .body(terms)
                .put("/attribute-definitions/{name}", name)
                .then()
                .statusCode(428);
        put(name, "If-Match", "*", terms).then().statusCode(412);
        put(name, "If-None-Match", "*", terms).then().statusCode(201);
        put(name, "If-None-Match", "*", terms)
                .then()
                .statusCode(412)
                .body("code", equalTo("attribute-exists"));
        put(name, "If-Match", "\"1\"", terms).then().statusCode(200).header("ETag", "\"1\"");
        put(name, "If-Match", "\"1\"", terms("DATE", ""))
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("type", equalTo("DATE"));
        put(name, "If-Match", "\"1\"", terms).then().statusCode(412);
        delete(name, "\"1\"").then().statusCode(412);
        delete(name, "\"2\"").then().statusCode(200).body("name", equalTo(name));
        delete(name, "\"2\"").then().statusCode(404).body("code", equalTo("unknown-attribute"));
    }

    @ParameterizedTest
    @CsvSource({"TEXT, INTEGER", "INTEGER, DECIMAL", "DATE, DATE_TIME", "BOOLEAN, TEXT"})
    void in_use_it_keeps_its_type_and_its_uniqueness_and_is_not_deleted(String type, String other) {
        String name = defined(terms(type, ""));
        String value =
                switch (type) {
                    case "INTEGER" -> "7";
                    case "BOOLEAN" -> "true";
                    case "DATE" -> "\"2026-11-20\"";
                    default -> "\"x\"";
                };
        UUID customer = registered(profile(name, value));

        change(name, terms(other, ""))
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("code", equalTo("attribute-in-use"));
        delete(name, "*").then().statusCode(409).body("code", equalTo("attribute-in-use"));
        if (type.equals("TEXT") || type.equals("INTEGER")) {
            change(name, terms(type, ", \"unique\": true"))
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("attribute-in-use"));
        }
        change(name, terms(type, ", \"searchable\": true, \"mergeRule\": \"SURVIVOR\""))
                .then()
                .statusCode(200);

        patch(customer, "*", profile(name, "null")).then().statusCode(200);
        change(name, terms(other, "")).then().statusCode(200);
        delete(name, "*").then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"ONE_OF | \"b\"", "SEVERAL_OF | [\"a\", \"b\"]"})
    void an_allowed_value_that_a_customer_has_cannot_be_left_out(String type, String value) {
        String name = defined(choice(type, "[\"a\", \"b\", \"c\"]"));
        UUID customer = registered(profile(name, value));

        change(name, choice(type, "[\"a\", \"c\"]"))
                .then()
                .statusCode(409)
                .body("code", equalTo("attribute-value-in-use"))
                .body("errors.pointer", contains("/allowedValues"));
        change(name, choice(type, "[\"d\", \"b\", \"a\"]"))
                .then()
                .statusCode(200)
                .body("allowedValues", contains("d", "b", "a"));
        patch(customer, "*", profile(name, "null")).then().statusCode(200);
        change(name, choice(type, "[\"d\"]")).then().statusCode(200);
    }

    @Test
    void of_many_who_define_or_change_one_at_once_one_does() {
        String name = newName();

        List<Integer> made =
                AtOnce.run(8, _ -> put(name, "If-None-Match", "*", terms("TEXT", "")).statusCode());
        List<Integer> changed =
                AtOnce.run(
                        8,
                        n ->
                                put(
                                                name,
                                                "If-Match",
                                                "\"1\"",
                                                terms(
                                                        "TEXT",
                                                        ", \"purposeOfUse\": \"%d\"".formatted(n)))
                                        .statusCode());

        assertThat(made).containsOnlyOnce(201).containsOnly(201, 412);
        assertThat(changed).containsOnlyOnce(200).containsOnly(200, 412);
    }

    @Test
    void pages_hold_each_definition_once_in_the_order_of_names() {
        List<String> made =
                List.of(
                        defined(terms("TEXT", "")),
                        defined(terms("TEXT", "")),
                        defined(terms("TEXT", "")));
        List<String> listed = new ArrayList<>();
        @Nullable String after = null;
        do {
            var request = agent().queryParam("limit", 100);
            Response page =
                    (after == null ? request : request.queryParam("after", after))
                            .get("/attribute-definitions");
            page.then().statusCode(200);
            listed.addAll(page.path("items.name"));
            after = page.path("next");
        } while (after != null);

        assertThat(listed).containsAll(made).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"label\": null                                      | /label",
                "\"label\": \" \"                                     | /label",
                "\"label\": \"a\\u0000b\"                             | /label",
                "\"type\": \"MONEY\"                                  | /type",
                "\"type\": null                                       | /type",
                "\"type\": \"ONE_OF\"                                 | /allowedValues",
                "\"allowedValues\": [\"a\"]                           | /allowedValues",
                "\"allowedValues\": [null]                            | /allowedValues/0",
                "\"allowedValues\": [\"\"]                            | /allowedValues/0",
                "\"allowedValues\": \"a\"                             | /allowedValues",
                "\"personalData\": null                               | /personalData",
                "\"personalData\": \"yes\"                            | /personalData",
                "\"personalData\": true                               | /purposeOfUse",
                "\"purposeOfUse\": \"\"                               | /purposeOfUse",
                "\"mergeRule\": \"NEWEST\"                            | /mergeRule",
                "\"unique\": 1                                        | /unique",
                "\"searchable\": \"true\"                             | /searchable",
                "\"name\": \"other\"                                  | /name",
                "\"version\": 7                                       | /version",
            })
    void a_wrong_field_is_named(String field, String pointer) {
        String name = field.substring(0, field.indexOf(':'));
        String body =
                List.of(
                                "\"label\": \"Something\"",
                                "\"type\": \"TEXT\"",
                                "\"personalData\": false",
                                field)
                        .stream()
                        .filter(member -> member.equals(field) || !member.startsWith(name + ":"))
                        .collect(Collectors.joining(", ", "{", "}"));

        put(newName(), "If-None-Match", "*", body)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.pointer", hasItem(pointer));
    }

    @Test
    void only_what_can_name_a_customer_is_unique_and_choices_are_bounded() {
        put(newName(), "If-None-Match", "*", terms("BOOLEAN", ", \"unique\": true"))
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("/unique"));
        String values =
                IntStream.rangeClosed(1, 201)
                        .mapToObj("\"v%d\""::formatted)
                        .collect(Collectors.joining(", ", "[", "]"));
        put(newName(), "If-None-Match", "*", choice("ONE_OF", values))
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("/allowedValues"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Size", "1st", "shoe-size", "shoe_size", "größe", "shoe size", "a.b"})
    void a_name_is_a_word_that_json_and_paths_can_hold(String name) {
        put(name, "If-None-Match", "*", terms("TEXT", ""))
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-attribute-name"));
        put("a".repeat(65), "If-None-Match", "*", terms("TEXT", "")).then().statusCode(400);
    }
}

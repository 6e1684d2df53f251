package io.rapport.customer.access;

import static io.rapport.customer.CustomersApi.agent;
import static io.rapport.customer.CustomersApi.as;
import static io.rapport.customer.CustomersApi.get;
import static io.rapport.customer.CustomersApi.known;
import static io.rapport.customer.CustomersApi.merge;
import static io.rapport.customer.CustomersApi.newExternalId;
import static io.rapport.customer.CustomersApi.patch;
import static io.rapport.customer.CustomersApi.registered;
import static io.rapport.customer.CustomersApi.relate;
import static io.rapport.customer.CustomersApi.unmerge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rapport.customer.consent.ConsentsApi;
import io.rapport.customer.search.SearchApi;
import io.rapport.customer.segment.SegmentsApi;
import io.rapport.platform.event.Topic;
import io.rapport.platform.testing.Events;
import io.rapport.platform.testing.SuiteResource;
import io.rapport.platform.testing.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** All that is held of a customer is told to who asks for it, and to nobody else. */
@QuarkusTest
@QuarkusTestResource(SuiteResource.class)
class AccessResourceTest {

    @Test
    void a_document_holds_all_that_is_held_of_a_customer() {
        String card = newExternalId();
        UUID customer = known(card);
        UUID friend = registered("{}");
        patch(
                        customer,
                        "*",
                        """
                        {"givenName": "Ada", "tags": ["vip"],
                         "contactPoints": [{"kind": "EMAIL", "value": "ada@example.org"}]}""")
                .then()
                .statusCode(200);
        relate(customer, "referred-by", friend, "*").then().statusCode(200);
        agent().header("If-Match", "*")
                .contentType(ContentType.JSON)
                .body("{\"learnt\": \"STATED\", \"value\": \"tea\", \"source\": \"crm\"}")
                .put("/customers/{customer}/preferences/drink", customer)
                .then()
                .statusCode(200);
        String consent = ConsentsApi.pendingOf(customer);
        as(Tokens.manager())
                .put("/customers/{one}/duplicates/{other}/not-the-same", customer, friend)
                .then()
                .statusCode(200);
        String subject = linked(customer);
        String segment = SegmentsApi.made(SegmentsApi.tagged("nobody"));
        agent().header("If-None-Match", "*")
                .contentType(ContentType.JSON)
                .body("{\"decision\": \"IN\", \"reason\": \"asked to\"}")
                .put("/segments/{segment}/overrides/{customer}", segment, customer)
                .then()
                .statusCode(201);

        Response document = export(customer);
        document.then()
                .statusCode(200)
                .contentType(ContentType.JSON)
                .header("Cache-Control", equalTo("no-store"))
                .header("Rapport-Version", notNullValue())
                .body("customer", equalTo(customer.toString()))
                .body("madeAt", notNullValue())
                .body("profile.givenName", equalTo("Ada"))
                .body("customers", hasSize(1))
                .body("customers[0].tags", equalTo(List.of("vip")))
                .body("customers[0].contactPoints[0].value", equalTo("ada@example.org"))
                .body("customers[0].relations[0].customer", equalTo(friend.toString()))
                .body("customers[0].preferences[0].value", equalTo("tea"))
                .body("customers[0].identities.source", containsInAnyOrder("shop", "login"))
                .body("consents.id", equalTo(List.of(consent)))
                .body("consents[0].recordedBy", equalTo("agent-7"))
                .body("changes.path", hasItem("/givenName"))
                .body("changes.customer", hasItem(customer.toString()))
                .body("changes.find { it.path == '/givenName' }.newValue", equalTo("Ada"))
                .body("interactions.count", equalTo(0))
                .body("loyalty.balance", equalTo(0))
                .body("segments.segment", hasItem(segment))
                .body("segmentOverrides.reason", equalTo(List.of("asked to")))
                .body("merges", hasSize(0))
                .body("notTheSame.other", equalTo(List.of(friend.toString())))
                .body("legalHolds", hasSize(0));
        export("shop:" + card)
                .then()
                .statusCode(200)
                .body("customer", equalTo(customer.toString()));
        as(Tokens.customer(subject))
                .get("/me/export")
                .then()
                .body("customer", equalTo(customer.toString()));
    }

    @Test
    void the_manifest_names_the_documents_of_all_services_and_how_far_each_was_heard() {
        UUID customer = registered("{}");
        try (Events events = Events.ofSuite()) {
            events.sendSample(Topic.INTERACTIONS, customer, 1, "interaction.recorded.v1");
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () ->
                                    export(customer)
                                            .then()
                                            .body(
                                                    "manifest.documents.sequence",
                                                    equalTo(List.of(1, 1, 0, 0))));
        }
        export(customer)
                .then()
                .body("interactions.count", equalTo(1))
                .body(
                        "manifest.documents.path",
                        equalTo(
                                List.of(
                                        "/customers/%s/export".formatted(customer),
                                        "/interactions/customers/%s/export".formatted(customer),
                                        "/loyalty/customers/%s/export".formatted(customer),
                                        "/feedback/customers/%s/export".formatted(customer))));
    }

    @Test
    void all_who_were_merged_are_in_it_each_by_its_own_values() {
        UUID survivor = registered("{\"givenName\": \"Ada\"}");
        UUID member = registered("{\"givenName\": \"Augusta\", \"country\": \"GB\"}");
        merge(survivor, member).then().statusCode(200);

        for (UUID named : List.of(survivor, member)) {
            export(named)
                    .then()
                    .body("customer", equalTo(survivor.toString()))
                    .body("profile.givenName", equalTo("Ada"))
                    .body("profile.country", equalTo("GB"))
                    .body("customers.givenName", containsInAnyOrder("Ada", "Augusta"))
                    .body("merges", hasSize(1))
                    .body("merges[0].member", equalTo(member.toString()))
                    .body("changes.customer", hasItem(member.toString()))
                    .body("changes.customer", hasItem(survivor.toString()));
        }
    }

    @Test
    void who_was_merged_by_mistake_is_not_told_of() {
        String mark = "qx" + SearchApi.newName(14);
        UUID customer = registered("{\"givenName\": \"Ada\"}");
        String subject = linked(customer);
        patch(customer, "*", "{\"occupation\": \"before\"}").then().statusCode(200);
        UUID stranger =
                registered(
                        """
                        {"familyName": "%1$s", "tags": ["%1$s"],
                         "contactPoints": [{"kind": "EMAIL", "value": "%1$s@example.org"}]}"""
                                .formatted(mark));
        mergeFor(mark, stranger, customer);
        unmergeFor(mark, customer);
        for (int times = 0; times < 2; times++) {
            mergeFor(mark, customer, stranger);
            patch(customer, "*", "{\"familyName\": \"meanwhile %d\"}".formatted(times))
                    .then()
                    .statusCode(200);
            unmergeFor(mark, stranger);
            patch(customer, "*", "{\"occupation\": \"after %d\"}".formatted(times))
                    .then()
                    .statusCode(200);
        }
        assertThat(agent().get("/customers/{customer}/history", customer).asString())
                .contains(mark);

        for (Response document :
                List.of(export(customer), as(Tokens.customer(subject)).get("/me/export"))) {
            assertThat(document.asString()).doesNotContain(mark);
            document.then()
                    .statusCode(200)
                    .body(
                            "changes.findAll { it.path == '/occupation' }.newValue",
                            equalTo(List.of("after 1", "after 0", "before")))
                    .body("changes.path", hasItem(""))
                    .body("merges.member", hasItem(stranger.toString()))
                    .body("changesLeftOut", hasSize(2))
                    .body("changesLeftOut[0].customer", equalTo(customer.toString()));
        }
        assertThat(export(stranger).asString()).contains(mark).doesNotContain("before");
    }

    /** With free text, which names whom staff had before them. */
    private static void mergeFor(String text, UUID survivor, UUID member) {
        merge(
                        agent().header("Rapport-Reason", text),
                        survivor,
                        "{\"members\": [{\"customer\": \"%s\"}], \"proof\": \"%s\"}"
                                .formatted(member, text))
                .then()
                .statusCode(200);
    }

    private static void unmergeFor(String text, UUID member) {
        agent().header("Idempotency-Key", UUID.randomUUID())
                .header("Rapport-Reason", text)
                .header("If-Match", "*")
                .post("/customers/{customer}/unmerge", member)
                .then()
                .statusCode(200);
    }

    @Test
    void whoever_is_merged_now_is_told_of_as_often_as_it_was() {
        UUID customer = registered("{}");
        UUID member = registered("{\"familyName\": \"Lovelace\"}");
        mergeFor("the same card", customer, member);
        unmerge(member).then().statusCode(200);
        merge(customer, member).then().statusCode(200);

        List<Integer> shown =
                export(customer)
                        .then()
                        .body("merges[0].reason", equalTo("the same card"))
                        .body("merges[0].proof", equalTo("the same card"))
                        .body("changesLeftOut", hasSize(0))
                        .extract()
                        .path(
                                "changes.findAll { it.customer == '%s' && it.path == '/familyName' }.version"
                                        .formatted(customer));

        assertThat(shown).hasSize(3);
    }

    @Test
    void a_history_longer_than_a_page_is_told_whole() {
        UUID customer = registered("{}");
        int changes = 205;
        for (int i = 1; i <= changes; i++) {
            patch(customer, "*", "{\"occupation\": \"job %d\"}".formatted(i))
                    .then()
                    .statusCode(200);
        }

        Response document = export(customer);

        List<Integer> versions = document.path("changes.version");
        assertThat(versions).hasSize(changes + 1).doesNotHaveDuplicates().endsWith(1);
    }

    @Test
    void customers_read_their_own_without_what_staff_noted() {
        UUID customer = registered("{\"givenName\": \"Ada\"}");
        UUID other = registered("{\"givenName\": \"Grace\"}");
        ConsentsApi.pendingOf(customer);
        String subject = linked(customer);
        String others = linked(other);

        as(Tokens.customer(subject))
                .get("/me/export")
                .then()
                .statusCode(200)
                .header("Cache-Control", equalTo("no-store"))
                .body("customer", equalTo(customer.toString()))
                .body("customers[0].givenName", equalTo("Ada"))
                .body("manifest.documents", hasSize(4))
                .body(
                        "manifest.documents.path",
                        equalTo(
                                List.of(
                                        "/me/export",
                                        "/me/interactions/export",
                                        "/me/loyalty/export",
                                        "/me/feedback/export")))
                .body("changes[0]", not(hasKey("actor")))
                .body("consents[0].id", notNullValue())
                .body("consents[0]", not(hasKey("recordedBy")))
                .body("$", not(hasKey("legalHolds")))
                .body("$", not(hasKey("notTheSame")));
        as(Tokens.customer(others))
                .get("/me/export")
                .then()
                .body("customer", equalTo(other.toString()))
                .body("customers.givenName", equalTo(List.of("Grace")));
        as(Tokens.customer("nobody" + newExternalId()))
                .get("/me/export")
                .then()
                .statusCode(404)
                .body("code", equalTo("login-not-linked"));
        as(Tokens.customer(subject))
                .get("/customers/{customer}/export", other)
                .then()
                .statusCode(403);
    }

    @Test
    void agents_and_partners_get_no_document() {
        UUID customer = registered("{}");
        for (String token : List.of(Tokens.agent(), Tokens.partner("shop"))) {
            as(token).get("/customers/{customer}/export", customer).then().statusCode(403);
        }
        export(UUID.randomUUID()).then().statusCode(404);
        export("shop:" + newExternalId()).then().statusCode(404);
        get(customer).then().statusCode(200);
    }

    private static Response export(Object customer) {
        return as(Tokens.manager()).get("/customers/{customer}/export", customer);
    }

    /** Links a login to the customer and answers its subject. */
    private static String linked(UUID customer) {
        String subject = "s" + newExternalId();
        as(Tokens.admin())
                .contentType(ContentType.JSON)
                .body("{\"issuer\": \"%s\", \"subject\": \"%s\"}".formatted(Tokens.ISSUER, subject))
                .post("/customers/{customer}/logins", customer)
                .then()
                .statusCode(200);
        return subject;
    }
}
